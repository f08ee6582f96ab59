package dev.millrace.publisher.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The body of a request: {@code {"batch":[…],"sentAt":"…"}}, in gzip. */
final class BatchBody {
  /** What surrounds the events, at most. */
  static final int ENVELOPE_BYTES = 80;

  private BatchBody() {}

  static byte[] of(List<byte[]> events, Instant sentAt) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream body = new GZIPOutputStream(packed)) {
      body.write("{\"batch\":[".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < events.size(); i++) {
        if (i > 0) {
          body.write(',');
        }
        body.write(events.get(i));
      }
      body.write(("],\"sentAt\":\"" + sentAt + "\"}").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return packed.toByteArray();
  }
}
