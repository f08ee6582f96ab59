package dev.millrace.publisher.spool;

/** What an event survives once the call that spooled it has returned. */
public enum Durability {
  /** The end of the process, {@code kill -9} too: the call returns after the write. */
  PROCESS_END,
  /** Loss of power: the call returns after {@code fsync}, which takes a disk some milliseconds. */
  POWER_LOSS
}
