package dev.millrace.publisher;

import java.util.concurrent.CompletionStage;

/**
 * One call to publish.
 *
 * @param messageId the event's identity, kept over every retry; null for a raw payload and for an
 *     event that can't be written
 * @param outcome known at once
 * @param delivery completes, never exceptionally, when the broker has the event, when it is on disk
 *     alone, or when it is dropped. What is chained to it without an executor runs on the
 *     transport's thread and must be quick
 */
public record Publication(String messageId, Outcome outcome, CompletionStage<Delivery> delivery) {
  /** Whether the event is queued or spooled. */
  public boolean isAccepted() {
    return !(outcome instanceof Outcome.Refused);
  }
}
