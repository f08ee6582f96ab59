package dev.millrace.loader.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** One block of an Avro container; its bytes are unpacked as they are read. */
final class AvroBlock {
  private static final int BUFFER_BYTES = 8 << 10;
  private static final long FIRST_MICROS_OF_YEAR_10000 = 253_402_300_800_000_000L;

  private final AvroHeader header;
  private final LimitedStream packed;
  private final Inflater inflater;
  private final UnpackedStream unpacked;
  private final InputStream content;
  private final BinaryDecoder decoder;
  private long messages;

  /**
   * @param container stands at the block's first byte
   * @param maxUnpackedBytes what the block may unpack to
   */
  AvroBlock(
      AvroHeader header, InputStream container, long messages, long bytes, long maxUnpackedBytes) {
    this.header = header;
    this.messages = messages;
    this.packed = new LimitedStream(container, bytes);
    this.inflater = header.deflated() ? new Inflater(true) : null;
    InputStream plain =
        inflater == null ? packed : new InflaterInputStream(packed, inflater, BUFFER_BYTES);
    this.unpacked = new UnpackedStream(plain, maxUnpackedBytes);
    this.content = new BufferedInputStream(unpacked, BUFFER_BYTES);
    this.decoder = DecoderFactory.get().directBinaryDecoder(content, null);
  }

  boolean hasNext() {
    return messages > 0;
  }

  PubsubMessage next() throws IOException {
    PubsubMessage message =
        header.schema() == PubsubSchema.PLAIN
            ? new PubsubMessage(null, 0, false, AvroValues.bytes(decoder))
            : withMetadata();
    messages--;
    return message;
  }

  private PubsubMessage withMetadata() throws IOException {
    AvroValues.skip(decoder);
    String id = AvroValues.text(decoder);
    long publishTimeMicros = decoder.readLong();
    if (publishTimeMicros < 0 || publishTimeMicros >= FIRST_MICROS_OF_YEAR_10000) {
      throw new IOException("a publish time is no time");
    }
    boolean isPack = readAttributes();
    return new PubsubMessage(id, publishTimeMicros, isPack, AvroValues.bytes(decoder));
  }

  /** Whether they say that the payload is a pack. */
  private boolean readAttributes() throws IOException {
    boolean isPack = false;
    for (long count = decoder.readMapStart(); count > 0; count = decoder.mapNext()) {
      for (long i = 0; i < count; i++) {
        if (AvroValues.text(decoder).equals(Pack.ATTRIBUTE)) {
          isPack = AvroValues.text(decoder).equals(Pack.FORMAT);
        } else {
          AvroValues.skip(decoder);
        }
      }
    }
    return isPack;
  }

  /** Leaves the container at the byte behind the block. */
  void end() throws IOException {
    if (content.read() >= 0 || packed.remaining() > 0) {
      throw new IOException("an Avro block has more in it than it says");
    }
  }

  long unpackedBytes() {
    return unpacked.bytes();
  }

  /** Frees native memory; may be repeated. */
  void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
