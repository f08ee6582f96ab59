package dev.millrace.cli.catalog;

import java.time.Instant;

/**
 * How many rows a table has.
 *
 * @param all as the warehouse's own figures say
 * @param read those that shares are shares of; null if none were to be read
 * @param latest when the last of them was received, or null
 */
record TableRows(long all, Long read, Instant latest) {}
