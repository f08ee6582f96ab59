package dev.millrace.embedded.trigger;

import java.time.Instant;
import java.util.Objects;

/**
 * That an object was finalised, as the outbox keeps it. The object's generation is not here: it is
 * given when the object shows, which is after its notice is written.
 *
 * @param messageId the notification's message id, decimal, the same in every delivery
 * @param publishTime when the notice was written
 * @param bucket the landing bucket
 * @param object what was finalised there
 */
public record Notice(
    String messageId, Instant publishTime, String bucket, ObjectDescription object) {
  public Notice {
    Objects.requireNonNull(messageId, "messageId");
    Objects.requireNonNull(publishTime, "publishTime");
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(object, "object");
  }
}
