package dev.millrace.publisher.pubsub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Many events in one message: JSON, a line each, in one gzip member, marked by the attribute {@code
 * millrace-pack: gzip-jsonl-1}. At most 1,000 events and 9,000,000 bytes before compression. The
 * loader unpacks what bears the attribute, and nothing else.
 */
final class PackFormat {
  static final String ATTRIBUTE = "millrace-pack";
  static final String VALUE = "gzip-jsonl-1";
  static final int MAX_EVENTS = 1_000;
  static final long MAX_BYTES = 9_000_000;

  private static final int BUFFER_BYTES = 8 << 10;

  private PackFormat() {}

  /** An event that is one line, as every event is that the publisher wrote itself. */
  static boolean takes(byte[] payload) {
    for (byte b : payload) {
      if (b == '\n') {
        return false;
      }
    }
    return payload.length + 1 <= MAX_BYTES;
  }

  static byte[] pack(List<byte[]> events) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream lines = new GZIPOutputStream(packed, BUFFER_BYTES)) {
      for (byte[] event : events) {
        lines.write(event);
        lines.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return packed.toByteArray();
  }

  static Map<String, String> marked(Map<String, String> attributes) {
    Map<String, String> marked = new LinkedHashMap<>(attributes);
    marked.put(ATTRIBUTE, VALUE);
    return marked;
  }
}
