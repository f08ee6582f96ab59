package dev.millrace.publisher.spool;

import java.util.List;

/**
 * Events on disk, read in the order in which they came, each until it is done. Thread-safe; a
 * caller that needs several steps to be one synchronises on the spool.
 */
public interface Spool extends AutoCloseable {
  /** Whether this is a spool at all. */
  boolean exists();

  /**
   * Keeps an event.
   *
   * @param taken whether the caller has it in memory too, so that it is not for {@link #read}
   */
  Appended append(SpoolRecord event, boolean taken);

  /**
   * Returns when the event survives what it should survive.
   *
   * @return false if the disk failed, so that it may not
   */
  boolean force(SpoolPlace place);

  /** Events that {@link #read} has not returned yet. */
  long unread();

  /** Reads on; at least one event if there is any. Each event is read once. */
  List<SpooledEvent> read(int maxEvents, long maxBytes);

  /**
   * Forgets an event.
   *
   * @return false if it was forgotten before, or the spool is closed
   */
  boolean done(SpoolPlace place);

  /** Events that are not done. */
  long events();

  /** Events that turned out to be unreadable since this was last asked. */
  long takeLost();

  /** Files that hold damage, and what is lost by it, in sentences; each is returned once. */
  List<String> findings();

  /** Lets go of the folder. */
  @Override
  void close();
}
