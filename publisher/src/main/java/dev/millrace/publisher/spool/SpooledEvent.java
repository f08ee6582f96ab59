package dev.millrace.publisher.spool;

/**
 * An event read from the spool.
 *
 * @param place where it is, for {@link Spool#done}
 */
public record SpooledEvent(SpoolRecord event, SpoolPlace place) {}
