package dev.millrace.loader.read;

import dev.millrace.loader.ports.Landing;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Single values of a batch object, found by their places. It is read forward, once, in the memory
 * of one message or one value. Used by one thread.
 */
public final class ObjectBytes implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final StoreStream store;
  private final BufferedInputStream object;
  private final BatchFormat format;
  // Of text, unpacked; null for Avro.
  private InputStream text;
  private long position;
  // Of Avro; null for text.
  private AvroMessages messages;
  private long nextMessage;
  private byte[] payload;
  private boolean over;

  /** Takes an object over, and closes it in the end. */
  public ObjectBytes(Landing.Opened opened) throws IOException {
    this.store = new StoreStream(opened.content());
    this.object = new BufferedInputStream(store, BUFFER_BYTES);
    object.mark(4);
    this.format = BatchFormat.of(object.readNBytes(4));
    object.reset();
  }

  /** The format of the object. */
  public BatchFormat format() {
    return format;
  }

  /**
   * The bytes at a place, which must not lie before those that were asked for last.
   *
   * @param messageNumber of the message in an Avro object, from 0; of no meaning in text
   * @param offset in the message or text, unpacked where it is packed
   * @return empty if the object has no such place, or can't be read so far
   * @throws IOException if the store failed
   */
  public Optional<byte[]> at(long messageNumber, long offset, int length) throws IOException {
    if (over) {
      return Optional.empty();
    }
    try {
      return format == BatchFormat.AVRO
          ? ofMessage(messageNumber, offset, length)
          : ofText(offset, length);
    } catch (IOException damage) {
      store.rethrowFailure();
      over = true;
      return Optional.empty();
    }
  }

  private Optional<byte[]> ofText(long offset, int length) throws IOException {
    if (text == null) {
      InputStream whole =
          format == BatchFormat.GZIP
              ? new UnpackedStream(new GzipMembers(object), BatchReader.DEFAULT_MAX_UNPACKED_BYTES)
              : object;
      text = new BufferedInputStream(whole, BUFFER_BYTES);
    }
    text.skipNBytes(offset - position);
    byte[] bytes = text.readNBytes(length);
    position = offset + bytes.length;
    return bytes.length == length ? Optional.of(bytes) : Optional.empty();
  }

  private Optional<byte[]> ofMessage(long number, long offset, int length) throws IOException {
    if (messages == null) {
      messages = new AvroMessages(object, BatchReader.DEFAULT_MAX_UNPACKED_BYTES);
    }
    while (nextMessage <= number) {
      PubsubMessage message = messages.next();
      if (message == null) {
        over = true;
        return Optional.empty();
      }
      payload = nextMessage == number ? payload(message) : null;
      nextMessage++;
    }
    return payload == null || offset + length > payload.length
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(payload, (int) offset, (int) offset + length));
  }

  /** What a message's values are read from; as far as it can be unpacked. */
  private static byte[] payload(PubsubMessage message) throws IOException {
    if (!message.isPack()) {
      return message.data();
    }
    try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(message.data()))) {
      return members.readNBytes((int) Pack.MAX_UNPACKED_BYTES);
    }
  }

  @Override
  public void close() throws IOException {
    if (messages != null) {
      messages.close();
    }
    object.close();
  }
}
