package dev.millrace.normalizer.json;

/**
 * What is made of one event takes more than {@link ByteBuilder#MAX_LENGTH}: the event is too large.
 * Unchecked, since every byte that is written may be the one too many.
 */
public final class TooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final TooLongException INSTANCE = new TooLongException();

  private TooLongException() {
    super("an event's rows or JSON are too long", null, false, false);
  }
}
