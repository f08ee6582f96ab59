package dev.millrace.function;

/** A request that isn't a notice. The message is one sentence and repeats none of the request. */
final class UnreadableNoticeException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableNoticeException(String message) {
    super(message);
  }
}
