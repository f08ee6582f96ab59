package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.io.OutputStream;

/** The text format: payloads as they are, newlines in them too, with a newline between two. */
final class TextBatchWriter implements BatchWriter {
  private final OutputStream out;
  private boolean started;

  TextBatchWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(ReceivedMessage message) throws IOException {
    if (started) {
      out.write('\n');
    }
    started = true;
    message.content().getData().writeTo(out);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
