package dev.millrace.function;

/** Asks the framework for a 500, so that the event comes again. */
final class NotLoadedException extends Exception {
  private static final long serialVersionUID = 1L;

  NotLoadedException() {
    // Without a stack trace: the reason is logged, and this is no bug.
    super("The batch is not loaded yet; the log says why.", null, false, false);
  }
}
