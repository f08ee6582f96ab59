package dev.millrace.normalizer;

import java.util.Objects;

/**
 * Where a message, or a text object, comes from.
 *
 * @param idPrefix what a root {@code _dlt_id} is made of where an event has no {@code messageId},
 *     up to and including the last colon; the event's index follows it: {@code p:<message id>:} or
 *     {@code b:<batch identity>:} (design, "Ids")
 * @param receivedAtMicros microseconds since 1970 UTC: what {@code _millrace_received_at} says
 * @param messageId Pub/Sub's message id; null in text and in Avro without metadata
 * @param messageNumber position of the message in its object, from 0; 0 for a text object
 */
public record EventOrigin(
    String idPrefix, long receivedAtMicros, String messageId, long messageNumber) {
  public EventOrigin {
    Objects.requireNonNull(idPrefix, "idPrefix");
  }
}
