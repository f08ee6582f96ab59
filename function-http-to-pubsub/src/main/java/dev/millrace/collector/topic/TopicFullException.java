package dev.millrace.collector.topic;

/** The topic takes no more now. */
public final class TopicFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TopicFullException(Throwable cause) {
    super("too much is on its way to the topic", cause);
  }
}
