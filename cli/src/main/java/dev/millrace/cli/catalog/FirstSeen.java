package dev.millrace.cli.catalog;

import java.time.Instant;

/**
 * The load that brought a table or column.
 *
 * @param at when that load's batch was there
 */
record FirstSeen(Instant at, String loadId) {}
