package dev.millrace.publisher.json;

/** A value that can't be written as JSON. The message says where it is, not what it is. */
public final class InvalidEventException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidEventException(String message) {
    super(message);
  }
}
