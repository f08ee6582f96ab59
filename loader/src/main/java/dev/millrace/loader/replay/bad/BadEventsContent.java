package dev.millrace.loader.replay.bad;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.read.BatchContent;
import dev.millrace.loader.read.ObjectBytes;
import dev.millrace.loader.read.ReadBatch;
import dev.millrace.normalizer.BadEvent;
import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.EventPlace;
import dev.millrace.normalizer.Normalizer;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bad events of one load and reason, read where they stand in the object that they came in, or
 * from the table where the object is gone. Bytes count only if they are those that were bad: what
 * the table keeps may be cut, or changed by privacy rules, which must not act twice. An event whose
 * bytes are nowhere is bad again.
 *
 * @param landing where the object may be, or null if it was never an object
 * @param maxEventBytes of an event that can be loaded
 */
record BadEventsContent(BadBatch bad, BadEventTables tables, Landing landing, int maxEventBytes)
    implements BatchContent {
  private static final byte[] NOTHING = new byte[0];

  @Override
  public ReadBatch read(BatchRef batch, Normalizer normalizer) throws IOException {
    long[] bytes = {0};
    try (ObjectBytes object = open()) {
      tables.events(
          bad,
          object == null,
          row -> {
            byte[] event = object == null ? row.bytes(8) : at(object, row);
            bytes[0] += again(row, event, normalizer);
          });
    }
    return new ReadBatch(bad.original().format(), bytes[0]);
  }

  /** Null if it is gone. */
  private ObjectBytes open() throws IOException {
    if (landing == null) {
      return null;
    }
    try {
      return new ObjectBytes(landing.open(bad.original().batch()));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private byte[] at(ObjectBytes object, Dataset.Row row) throws IOException {
    long length = row.number(6);
    if (length > maxEventBytes) {
      return null;
    }
    Optional<byte[]> found = object.at(row.number(1), row.number(3), (int) length);
    return found.orElse(null);
  }

  /** Returns how many bytes were read. */
  private long again(Dataset.Row row, byte[] event, Normalizer normalizer) throws IOException {
    EventOrigin origin =
        bad.original()
            .origin(
                row.text(0), row.number(1), ChronoUnit.MICROS.between(Instant.EPOCH, row.time(4)));
    long index = row.number(2) == null ? 0 : row.number(2);
    if (event != null && sha256(event).equals(row.text(7))) {
      normalizer.value(event, new EventPlace(origin, index, row.number(3)));
      return event.length;
    }
    BadReason reason =
        ReplayableReasons.of(bad.reason())
            .orElseThrow(() -> new IllegalStateException("no reason " + bad.reason()));
    normalizer.bad(
        new BadEvent(
            reason,
            row.number(6) > maxEventBytes ? row.text(5) : row.text(5) + "; its bytes are gone",
            origin,
            index,
            row.number(3),
            row.number(6),
            NOTHING,
            row.text(7),
            false,
            null,
            null));
    return 0;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
