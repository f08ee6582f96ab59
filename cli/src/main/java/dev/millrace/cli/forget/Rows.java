package dev.millrace.cli.forget;

/**
 * Rows of one table that go by one statement.
 *
 * @param table its plain name
 * @param where which rows
 * @param count how many there were when they were counted
 */
record Rows(String table, Condition where, long count) {}
