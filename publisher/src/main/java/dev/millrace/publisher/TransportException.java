package dev.millrace.publisher;

/** A broker that can't be reached or refuses us. The message says what to do, to a person. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause null if there is none
   */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
