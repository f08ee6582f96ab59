package dev.millrace.function.bigquery;

/**
 * What a table lacks of parts' rows.
 *
 * @param present how many of the rows the table has
 * @param missing how many it has not
 * @param path of a staged object with those, or null where it has all of them or none
 */
record Rest(long present, long missing, String path) {}
