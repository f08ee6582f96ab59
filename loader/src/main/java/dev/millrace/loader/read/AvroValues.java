package dev.millrace.loader.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;

/** Avro's strings and bytes, of a length that a message can have. */
final class AvroValues {
  /** Pub/Sub takes 10 MB at most; a length above this is damage. */
  private static final int MAX_BYTES = 16 << 20;

  private AvroValues() {}

  static byte[] bytes(BinaryDecoder in) throws IOException {
    byte[] value = new byte[length(in)];
    in.readFixed(value);
    return value;
  }

  static void skip(BinaryDecoder in) throws IOException {
    in.skipFixed(length(in));
  }

  private static int length(BinaryDecoder in) throws IOException {
    long length = in.readLong();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("an Avro value says that it has " + length + " bytes");
    }
    return (int) length;
  }

  static String text(BinaryDecoder in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }
}
