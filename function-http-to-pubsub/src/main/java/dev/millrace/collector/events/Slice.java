package dev.millrace.collector.events;

import java.io.ByteArrayOutputStream;

/**
 * A JSON value, as it stands in a body: it is copied as it was written, so that no number loses a
 * digit.
 *
 * @param bytes the body, shared
 * @param from its first byte
 * @param to the byte after its last
 */
record Slice(byte[] bytes, int from, int to) {
  static Slice of(byte[] whole) {
    return new Slice(whole, 0, whole.length);
  }

  int length() {
    return to - from;
  }

  byte[] copy() {
    return java.util.Arrays.copyOfRange(bytes, from, to);
  }

  void writeTo(ByteArrayOutputStream out) {
    out.write(bytes, from, length());
  }
}
