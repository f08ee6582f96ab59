package dev.millrace.publisher;

/** Kinds of trouble that are logged, each at most once a minute. */
enum Trouble {
  NOT_DELIVERED,
  SENT_AGAIN,
  REJECTED,
  DROPPED_AT_CLOSE,
  LEFT_IN_SPOOL,
  SPOOL_DAMAGED,
  FLUSH_FAILED,
  LISTENER_FAILED
}
