package dev.millrace.cli.catalog;

import java.util.OptionalLong;

/**
 * How rows were read for shares and examples.
 *
 * @param statistics whether they were read at all
 * @param days of which days, up to now; 0 for all
 * @param billedBytes that the warehouse billed; empty where nothing is billed
 */
record Reading(boolean statistics, int days, OptionalLong billedBytes) {}
