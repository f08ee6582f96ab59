package dev.millrace.loader.read;

import dev.millrace.loader.ports.LoadException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads the messages of an Avro container one by one, in the memory of one message. Avro's own
 * reader takes a whole block into memory, whatever size the block says that it has.
 */
final class AvroMessages implements AutoCloseable {
  private final CountedStream container;
  private final BinaryDecoder frame;
  private final long maxUnpackedBytes;
  private final AvroHeader header;
  private long unpackedBytes;
  private AvroBlock block;

  /**
   * Reads the container's header.
   *
   * @throws LoadException if the header says that the rest can't be read here
   */
  AvroMessages(InputStream object, long maxUnpackedBytes) throws IOException {
    this.container = new CountedStream(object);
    this.frame = DecoderFactory.get().directBinaryDecoder(container, null);
    this.maxUnpackedBytes = maxUnpackedBytes;
    try {
      this.header = AvroHeader.read(frame);
    } catch (AvroRuntimeException e) {
      throw new IOException("its Avro header is damaged", e);
    }
  }

  /** The next message, or null at the end of the container. */
  PubsubMessage next() throws IOException {
    try {
      while (block == null || !block.hasNext()) {
        if (block != null) {
          endBlock();
        }
        if (!startBlock()) {
          return null;
        }
      }
      return block.next();
    } catch (AvroRuntimeException e) {
      throw new IOException("an Avro block is damaged", e);
    }
  }

  private boolean startBlock() throws IOException {
    int first = container.read();
    if (first < 0) {
      return false;
    }
    long messages = number(first);
    long bytes = frame.readLong();
    if (messages < 0 || bytes < 0) {
      throw new IOException("an Avro block is damaged");
    }
    block = new AvroBlock(header, container, messages, bytes, maxUnpackedBytes - unpackedBytes);
    return true;
  }

  /** A zigzag number whose first byte was read to see whether the container has ended. */
  private long number(int first) throws IOException {
    long value = first & 0x7f;
    int last = first;
    for (int shift = 7; (last & 0x80) != 0; shift += 7) {
      last = container.read();
      if (last < 0) {
        throw new EOFException("it ends inside an Avro block");
      }
      if (shift > 63) {
        throw new IOException("an Avro block is damaged");
      }
      value |= (long) (last & 0x7f) << shift;
    }
    return value >>> 1 ^ -(value & 1);
  }

  private void endBlock() throws IOException {
    block.end();
    block.close();
    unpackedBytes += block.unpackedBytes();
    block = null;
    byte[] found = new byte[header.sync().length];
    frame.readFixed(found);
    if (!Arrays.equals(found, header.sync())) {
      throw new IOException("an Avro block does not end where it should");
    }
  }

  /** Where reading stands, in bytes of the object. */
  long position() {
    return container.bytes();
  }

  /** What follows in the object, up to {@code maxBytes}. */
  byte[] rest(int maxBytes) throws IOException {
    return container.readNBytes(maxBytes);
  }

  @Override
  public void close() {
    if (block != null) {
      block.close();
    }
  }
}
