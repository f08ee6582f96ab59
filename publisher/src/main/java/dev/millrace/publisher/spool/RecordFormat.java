package dev.millrace.publisher.spool;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A record in a segment, big-endian:
 *
 * <pre>
 * 4 bytes  length of the body
 * 4 bytes  CRC-32C of the body
 * body     messageId, number of attributes (2 bytes), their names and values, payload to the end;
 *          a text is its length in bytes (4 bytes, -1 for null) and UTF-8
 * </pre>
 */
final class RecordFormat {
  static final int HEADER_BYTES = 8;

  /** An event has 1 MiB at most, and attributes 128 KiB; a length above this is damage. */
  static final int MAX_BODY_BYTES = 2 << 20;

  private RecordFormat() {}

  static byte[] write(SpoolRecord event) {
    byte[] messageId = utf8(event.messageId());
    int size = HEADER_BYTES + sizeOf(messageId) + 2 + event.payload().length;
    for (Map.Entry<String, String> each : event.attributes().entrySet()) {
      size += sizeOf(utf8(each.getKey())) + sizeOf(utf8(each.getValue()));
    }
    ByteBuffer record = ByteBuffer.allocate(size);
    record.position(HEADER_BYTES);
    putText(record, messageId);
    record.putShort((short) event.attributes().size());
    for (Map.Entry<String, String> each : event.attributes().entrySet()) {
      putText(record, utf8(each.getKey()));
      putText(record, utf8(each.getValue()));
    }
    record.put(event.payload());
    record.putInt(0, size - HEADER_BYTES);
    record.putInt(4, checksum(record.array(), HEADER_BYTES, size - HEADER_BYTES));
    return record.array();
  }

  /**
   * @throws IOException if the body is not one that {@link #write} wrote
   */
  static SpoolRecord read(byte[] body) throws IOException {
    try {
      ByteBuffer in = ByteBuffer.wrap(body);
      String messageId = text(in);
      int count = in.getShort();
      Map<String, String> attributes = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        attributes.put(text(in), text(in));
      }
      byte[] payload = new byte[in.remaining()];
      in.get(payload);
      return new SpoolRecord(messageId, payload, Map.copyOf(attributes));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IOException("a record's body is damaged", e);
    }
  }

  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return (int) checksum.getValue();
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static int sizeOf(byte[] text) {
    return 4 + (text == null ? 0 : text.length);
  }

  private static void putText(ByteBuffer out, byte[] text) {
    out.putInt(text == null ? -1 : text.length);
    if (text != null) {
      out.put(text);
    }
  }

  private static String text(ByteBuffer in) throws IOException {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    if (length > in.remaining()) {
      throw new IOException("a record's body is damaged");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
