package dev.millrace.embedded.pubsub;

import com.google.protobuf.CodedOutputStream;
import com.google.pubsub.v1.PublishRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * How a journal's records look. Big-endian:
 *
 * <pre>
 * 4  length of the body
 * 4  CRC-32C of the body
 *    body of the first record:  8 magic, then the object's name in UTF-8
 *    body of any other:         8 message id of its first message (the others follow on)
 *                               8 publish time, microseconds since 1970 UTC
 *                               a PublishRequest without its topic
 * </pre>
 *
 * One request is one record, so that it is in a journal as a whole or not at all.
 */
final class JournalRecord {
  static final int HEAD_BYTES = 8;
  static final long MAGIC = 0x4d696c6c72616365L; // "Millrace"
  static final int LONGEST_BODY_BYTES = 64 << 20;

  private JournalRecord() {}

  static ByteBuffer ofName(String objectName) {
    byte[] name = objectName.getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + Long.BYTES + name.length);
    record.position(HEAD_BYTES);
    record.putLong(MAGIC).put(name);
    return sealed(record);
  }

  static ByteBuffer ofRequest(long firstId, long publishMicros, PublishRequest request)
      throws IOException {
    PublishRequest withoutTopic = request.toBuilder().clearTopic().build();
    int size = withoutTopic.getSerializedSize();
    ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + 2 * Long.BYTES + size);
    record.position(HEAD_BYTES);
    record.putLong(firstId).putLong(publishMicros);
    CodedOutputStream out = CodedOutputStream.newInstance(record.array(), record.position(), size);
    withoutTopic.writeTo(out);
    out.checkNoSpaceLeft();
    return sealed(record);
  }

  static int checksum(ByteBuffer body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return (int) crc.getValue();
  }

  private static ByteBuffer sealed(ByteBuffer record) {
    int bodyBytes = record.capacity() - HEAD_BYTES;
    int checksum = checksum(record.slice(HEAD_BYTES, bodyBytes));
    return record.putInt(0, bodyBytes).putInt(Integer.BYTES, checksum).clear();
  }
}
