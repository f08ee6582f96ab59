package dev.millrace.loader.replay.bad;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.read.BatchFormat;
import dev.millrace.normalizer.EventOrigin;

/**
 * The batch object that bad events came in.
 *
 * @param format of the object
 */
record Original(BatchRef batch, BatchFormat format) {
  /**
   * Where a message of it comes from, as when it was read whole.
   *
   * @param messageId null in text and in Avro without metadata
   */
  EventOrigin origin(String messageId, long messageNumber, long receivedAtMicros) {
    return new EventOrigin(
        idPrefix(messageId, messageNumber), receivedAtMicros, messageId, messageNumber);
  }

  private String idPrefix(String messageId, long messageNumber) {
    if (messageId != null) {
      return "p:" + messageId + ":";
    }
    String ofBatch = "b:" + batch.identity() + ":";
    return format == BatchFormat.AVRO ? ofBatch + messageNumber + ":" : ofBatch;
  }
}
