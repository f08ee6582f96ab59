package dev.millrace.publisher.spool;

/** A spool folder that can't be used. The message says which and what to do, to a person. */
public final class SpoolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause null if there is none
   */
  public SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
