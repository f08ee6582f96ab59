package dev.millrace.normalizer.json;

import dev.millrace.normalizer.BadReason;

/** A JSON value that can't become rows. Costs no stack trace: bad events may come in floods. */
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The position of a fault that the event as a whole has. */
  public static final int NOWHERE = -1;

  private final BadReason reason;
  private final int position;

  /**
   * @param position where it was found, as an index into the bytes that were read, or {@link
   *     #NOWHERE}
   * @param detail for a person; holds no value of the event
   */
  public BadValueException(BadReason reason, int position, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.position = position;
  }

  public BadReason reason() {
    return reason;
  }

  public int position() {
    return position;
  }

  /** What was found, and where in the value that starts at {@code start}. */
  public String detail(int start) {
    return position == NOWHERE
        ? getMessage()
        : "%s, at byte %d".formatted(getMessage(), position - start);
  }
}
