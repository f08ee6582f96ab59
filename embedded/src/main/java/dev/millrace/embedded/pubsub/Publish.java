package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A publish request on its way into a journal.
 *
 * <p>Guarded by the {@link Batcher} that it is given to.
 */
final class Publish {
  private final ByteBuffer record;
  private final int messages;
  private final long objectBytes;
  private boolean settled;
  private IOException refusal;

  /**
   * @param record as the journal holds it
   * @param objectBytes about how much it adds to the object
   */
  Publish(ByteBuffer record, int messages, long objectBytes) {
    this.record = record;
    this.messages = messages;
    this.objectBytes = objectBytes;
  }

  ByteBuffer record() {
    return record;
  }

  int messages() {
    return messages;
  }

  long objectBytes() {
    return objectBytes;
  }

  void accept() {
    settled = true;
  }

  void refuse(IOException why) {
    settled = true;
    refusal = why;
  }

  boolean isSettled() {
    return settled;
  }

  /** Null if it was accepted. */
  IOException refusal() {
    return refusal;
  }
}
