package dev.millrace.normalizer.json;

/** The bytes end before the value does: more of them may help. One instance, no stack trace. */
public final class IncompleteException extends Exception {
  private static final long serialVersionUID = 1L;

  static final IncompleteException INSTANCE = new IncompleteException();

  private IncompleteException() {
    super("the bytes end before the value does", null, false, false);
  }
}
