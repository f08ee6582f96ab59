package dev.millrace.embedded.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal, one request in memory at a time. */
final class JournalReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** How a journal ended. */
  enum End {
    /** At a whole record. */
    WHOLE,
    /** Within a record: it was being written in a crash, and so was never acknowledged. */
    TORN,
    /** At a record whose bytes are all there and are not those that were written. */
    DAMAGED
  }

  private final InputStream in;
  private final String objectName;
  private long left;
  private End end = End.WHOLE;

  /**
   * @param goodBytes where to stop, at most the file's size
   */
  JournalReader(Path path, long goodBytes) throws IOException {
    this.left = goodBytes;
    this.in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
    ByteBuffer first = nextBody();
    if (first != null
        && (first.remaining() <= Long.BYTES || first.getLong() != JournalRecord.MAGIC)) {
      end = End.DAMAGED;
      first = null;
    }
    this.objectName = first == null ? null : StandardCharsets.UTF_8.decode(first).toString();
  }

  /** The name decided for the object; empty if not even that was written whole. */
  Optional<String> objectName() {
    return Optional.ofNullable(objectName);
  }

  /** The next request's messages, empty at the end. */
  List<ReceivedMessage> next() throws IOException {
    ByteBuffer body = objectName == null ? null : nextBody();
    if (body == null) {
      return List.of();
    }
    try {
      long id = body.getLong();
      long publishMicros = body.getLong();
      List<ReceivedMessage> messages = new ArrayList<>();
      for (PubsubMessage content : PublishRequest.parseFrom(body).getMessagesList()) {
        messages.add(new ReceivedMessage(id++, publishMicros, content));
      }
      return messages;
    } catch (InvalidProtocolBufferException | BufferUnderflowException e) {
      end = End.DAMAGED;
      return List.of();
    }
  }

  /** How the journal ended; to be asked when there are no more messages. */
  End end() {
    return end;
  }

  /** Null at the end, whatever end it is. */
  private ByteBuffer nextBody() throws IOException {
    if (left == 0 || end != End.WHOLE) {
      return null;
    }
    if (left < JournalRecord.HEAD_BYTES) {
      end = End.TORN;
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(in.readNBytes(JournalRecord.HEAD_BYTES));
    left -= JournalRecord.HEAD_BYTES;
    int length = head.getInt();
    if (length <= 0 || length > JournalRecord.LONGEST_BODY_BYTES) {
      end = End.DAMAGED;
      return null;
    }
    if (length > left) {
      end = End.TORN;
      return null;
    }
    ByteBuffer body = ByteBuffer.wrap(in.readNBytes(length));
    left -= length;
    if (JournalRecord.checksum(body.duplicate()) != head.getInt()) {
      end = End.DAMAGED;
      return null;
    }
    return body;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
