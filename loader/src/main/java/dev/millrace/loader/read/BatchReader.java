package dev.millrace.loader.read;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.normalizer.BadEvent;
import dev.millrace.normalizer.DamagedObjectException;
import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.Normalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Streams a batch object into a normaliser. What can be read before damage, or before the limit,
 * goes in; the remainder is one bad event. Thread-safe.
 */
public final class BatchReader {
  /** What an object may unpack to, in bytes, unless set: 8 GiB. */
  public static final long DEFAULT_MAX_UNPACKED_BYTES = 8L << 30;

  /** Of a bad event whose number among the object's values is not known. */
  private static final long UNKNOWN_INDEX = -1;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final int KEPT_BYTES = 64 << 10;

  private final long maxUnpackedBytes;

  /**
   * @param maxUnpackedBytes what an object may unpack to
   */
  public BatchReader(long maxUnpackedBytes) {
    if (maxUnpackedBytes < 1) {
      throw new IllegalArgumentException("maxUnpackedBytes < 1: " + maxUnpackedBytes);
    }
    this.maxUnpackedBytes = maxUnpackedBytes;
  }

  /**
   * Reads an object to its end and closes it.
   *
   * @throws LoadException if nothing in the object can be read
   * @throws IOException if the store or the normaliser's sinks failed
   */
  public ReadBatch read(BatchRef batch, Landing.Opened opened, Normalizer normalizer)
      throws IOException {
    StoreStream store = new StoreStream(opened.content());
    try (BufferedInputStream object = new BufferedInputStream(store, BUFFER_BYTES)) {
      BatchFormat format = format(object);
      EventOrigin origin =
          new EventOrigin("b:" + batch.identity() + ":", opened.createdMicros(), null, 0);
      switch (format) {
        case TEXT -> text(store, object, origin, normalizer);
        case GZIP -> gzip(store, object, origin, normalizer);
        case AVRO -> avro(store, object, opened, origin, normalizer);
      }
      return new ReadBatch(format, store.bytes());
    }
  }

  private static BatchFormat format(InputStream object) throws IOException {
    object.mark(4);
    BatchFormat format = BatchFormat.of(object.readNBytes(4));
    object.reset();
    return format;
  }

  private static void text(
      StoreStream store, InputStream object, EventOrigin origin, Normalizer normalizer)
      throws IOException {
    try {
      normalizer.text(object, origin);
    } catch (DamagedObjectException e) {
      store.rethrowFailure();
      throw e;
    }
  }

  private void gzip(
      StoreStream store, InputStream object, EventOrigin origin, Normalizer normalizer)
      throws IOException {
    try (GzipMembers members = new GzipMembers(object)) {
      UnpackedStream unpacked = new UnpackedStream(members, maxUnpackedBytes);
      try {
        text(store, unpacked, origin, normalizer);
      } catch (DamagedObjectException e) {
        if (unpacked.bytes() == 0) {
          throw unreadable(e.getCause());
        }
        normalizer.bad(remainder(e, unpacked.bytes(), origin));
      }
    }
  }

  private static BadEvent remainder(
      DamagedObjectException damaged, long unpackedBytes, EventOrigin origin) {
    byte[] rest = damaged.remainder();
    return BadEvent.unread(
        Damage.reason(damaged.getCause()),
        "the object can't be read beyond byte %d of what it unpacks to: %s"
            .formatted(unpackedBytes, Damage.sentence(damaged.getCause())),
        origin,
        damaged.index(),
        damaged.byteOffset(),
        rest.length,
        rest.length > KEPT_BYTES ? Arrays.copyOf(rest, KEPT_BYTES) : rest);
  }

  private void avro(
      StoreStream store,
      InputStream object,
      Landing.Opened opened,
      EventOrigin batchOrigin,
      Normalizer normalizer)
      throws IOException {
    long number = 0;
    long unpackedBytes = 0;
    try (AvroMessages messages = messages(store, object)) {
      while (true) {
        PubsubMessage message;
        try {
          message = messages.next();
        } catch (IOException damage) {
          store.rethrowFailure();
          if (number == 0) {
            throw unreadable(damage);
          }
          normalizer.bad(remainder(messages, damage, opened, origin(batchOrigin, null, number)));
          return;
        }
        if (message == null) {
          return;
        }
        byte[] data = message.data();
        EventOrigin origin = origin(batchOrigin, message, number);
        if (message.isPack()) {
          unpackedBytes += Pack.read(data, maxUnpackedBytes - unpackedBytes, origin, normalizer);
        } else {
          normalizer.message(data, 0, data.length, origin);
        }
        number++;
      }
    }
  }

  private AvroMessages messages(StoreStream store, InputStream object) throws IOException {
    try {
      return new AvroMessages(object, maxUnpackedBytes);
    } catch (LoadException e) {
      throw e;
    } catch (IOException damage) {
      store.rethrowFailure();
      throw unreadable(damage);
    }
  }

  private static EventOrigin origin(EventOrigin batch, PubsubMessage message, long number) {
    return message == null || message.id() == null
        ? new EventOrigin(batch.idPrefix() + number + ":", batch.receivedAtMicros(), null, number)
        : new EventOrigin(
            "p:" + message.id() + ":", message.publishTimeMicros(), message.id(), number);
  }

  private static BadEvent remainder(
      AvroMessages messages, IOException damage, Landing.Opened opened, EventOrigin origin)
      throws IOException {
    long position = messages.position();
    return BadEvent.unread(
        Damage.reason(damage),
        "the object can't be read beyond byte %d: %s".formatted(position, Damage.sentence(damage)),
        origin,
        UNKNOWN_INDEX,
        position,
        Math.max(0, opened.bytes() - position),
        messages.rest(KEPT_BYTES));
  }

  private static LoadException unreadable(Throwable damage) {
    return new LoadException(
        LoadError.OBJECT_UNREADABLE,
        "nothing in the object can be read: " + Damage.sentence(damage));
  }
}
