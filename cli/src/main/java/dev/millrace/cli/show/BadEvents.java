package dev.millrace.cli.show;

/**
 * Events that could not be loaded for one reason.
 *
 * @param reason the code
 * @param count how many
 * @param where the first one's place
 * @param detail what was wrong with the first one
 */
public record BadEvents(String reason, long count, String where, String detail) {}
