package dev.millrace.embedded.pubsub;

import java.io.Closeable;
import java.io.IOException;

/** Writes one batch object, message by message. */
interface BatchWriter extends Closeable {
  void write(ReceivedMessage message) throws IOException;
}
