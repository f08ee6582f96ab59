package dev.millrace.normalizer.json;

/** An object has a key twice: the event is read again without the earlier values (M14). */
public final class RepeatedKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  public static final RepeatedKeyException INSTANCE = new RepeatedKeyException();

  private RepeatedKeyException() {
    super("a key stands twice in one object", null, false, false);
  }
}
