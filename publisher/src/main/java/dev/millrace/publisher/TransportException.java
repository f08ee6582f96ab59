package dev.millrace.publisher;

/** A broker that can't be reached or refuses us. The message says what to do, to a person. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean eventRejected;

  /**
   * A failure that is not the event's fault.
   *
   * @param cause null if there is none
   */
  public TransportException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private TransportException(String message, Throwable cause, boolean eventRejected) {
    super(message, cause);
    this.eventRejected = eventRejected;
  }

  /** The broker refuses this very event: it is dropped, and not tried again from a spool. */
  public static TransportException eventRejected(String message, Throwable cause) {
    return new TransportException(message, cause, true);
  }

  /** Whether trying the same event again can't help. */
  public boolean isEventRejected() {
    return eventRejected;
  }
}
