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
  private IOException failure;

  /** A window onto a whole message. */
  public Window(JsonBytes json, byte[] message, int from, int length) {
    this(json, message, from, length, 0);
  }

  /**
   * A window onto a piece of a message or object, as if it were a message.
   *
   * @param offset where the piece begins in it, in bytes
   */
  public Window(JsonBytes json, byte[] message, int from, int length, long offset) {
    this.json = json;
    this.stream = null;
    this.bytes = message;
    this.position = from;
    this.limit = from + length;
    this.offset = offset - from;
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
   * Brings more bytes, behind those that have not been read; indexes change. At least as many as
   * there are, if the stream has them: a value that is read again with each piece then costs no
   * more than twice its length, however small the pieces are.
   *
   * @return false if there are no more
   * @throws IOException if the stream fails; what is at hand stays
   */
  public boolean more() throws IOException {
    if (stream == null) {
      return false;
    }
    if (failure != null) {
      throw failure;
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
    int before = limit;
    read(Math.min(bytes.length, Math.max(1, 2 * limit)));
    json.reset(bytes, limit);
    return limit > before;
  }

  /** Fills up to {@code enough}. What came before a failure is used before it is thrown. */
  private void read(int enough) throws IOException {
    int before = limit;
    try {
      int count = 0;
      while (count >= 0 && limit < enough) {
        count = stream.read(bytes, limit, bytes.length - limit);
        limit += Math.max(0, count);
      }
    } catch (IOException e) {
      if (limit == before) {
        throw e;
      }
      failure = e;
    }
  }
}
