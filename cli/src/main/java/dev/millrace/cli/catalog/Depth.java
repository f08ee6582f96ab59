package dev.millrace.cli.catalog;

/**
 * How much of the rows is read.
 *
 * @param statistics whether any is
 * @param examples whether values are shown
 * @param days how many, up to now; 0 for all; null for all where reading is free, and 30 where it
 *     is billed
 */
record Depth(boolean statistics, boolean examples, Integer days) {}
