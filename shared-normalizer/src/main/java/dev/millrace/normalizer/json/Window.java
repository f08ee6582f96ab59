package dev.millrace.normalizer.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a message or text object that are at hand. A message is there whole; of a text
 * object a part, which moves on as values are read.
 */
public final class Window {
  private static final int FIRST_CAPACITY = 256 * 1024;

  private final JsonBytes json;
  private final InputStream stream;
  private byte[] bytes;
  private int position;
  private int limit;
  private long offset;

  /** A window onto a whole message. */
  public Window(JsonBytes json, byte[] message, int from, int length) {
    this.json = json;
    this.stream = null;
    this.bytes = message;
    this.position = from;
    this.limit = from + length;
    this.offset = -from;
    json.reset(bytes, limit);
  }

  /** A window onto the beginning of a stream. */
  public Window(JsonBytes json, InputStream stream) {
    this.json = json;
    this.stream = stream;
    this.bytes = new byte[FIRST_CAPACITY];
    json.reset(bytes, 0);
  }

  /** Whether the bytes come from a text object, and not from a message. */
  public boolean isText() {
    return stream != null;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The index of the first byte that has not been read. */
  public int position() {
    return position;
  }

  /** The index behind the bytes at hand. */
  public int limit() {
    return limit;
  }

  /** The position in the message or object, in bytes from its start. */
  public long offset() {
    return offset + position;
  }

  /** What is before {@code index} has been read. */
  public void moveTo(int index) {
    position = index;
  }

  /**
   * Brings more bytes, behind those that have not been read; indexes change.
   *
   * @return false if there are no more
   * @throws IOException if the stream fails; what is at hand stays
   */
  public boolean more() throws IOException {
    if (stream == null) {
      return false;
    }
    if (position > 0) {
      System.arraycopy(bytes, position, bytes, 0, limit - position);
      offset += position;
      limit -= position;
      position = 0;
    }
    if (limit == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.multiplyExact(bytes.length, 2));
    }
    json.reset(bytes, limit);
    int count = stream.read(bytes, limit, bytes.length - limit);
    if (count < 0) {
      return false;
    }
    limit += count;
    json.reset(bytes, limit);
    return true;
  }
}
