package dev.millrace.publisher.spool;

/** What an append to a spool came to. */
public sealed interface Appended {
  /** The event is on disk. */
  record Kept(SpoolPlace place) implements Appended {}

  /**
   * It isn't.
   *
   * @param detail a sentence for a person
   */
  record NotKept(String detail) implements Appended {}
}
