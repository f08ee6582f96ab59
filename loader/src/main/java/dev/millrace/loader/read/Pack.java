package dev.millrace.loader.read;

import dev.millrace.normalizer.BadEvent;
import dev.millrace.normalizer.DamagedObjectException;
import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.Normalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Many events in one message, as our publisher packs them where that is wanted: JSON lines in gzip,
 * marked by the attribute {@code millrace-pack: gzip-jsonl-1}. They are read as if they were the
 * message's payload: ids, order and bad events are the same as unpacked.
 */
final class Pack {
  static final String ATTRIBUTE = "millrace-pack";
  static final String FORMAT = "gzip-jsonl-1";

  /** The format ends at 9,000,000 bytes; more than this is no pack of ours. */
  static final long MAX_UNPACKED_BYTES = 16 << 20;

  private static final int KEPT_BYTES = 64 << 10;

  private Pack() {}

  /**
   * Reads the events; what can't be read is one bad event.
   *
   * @param maxUnpackedBytes what it may unpack to, beside its own bound
   * @return what it unpacked to, in bytes
   */
  static long read(byte[] data, long maxUnpackedBytes, EventOrigin origin, Normalizer normalizer)
      throws IOException {
    try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(data))) {
      UnpackedStream unpacked =
          new UnpackedStream(members, Math.min(MAX_UNPACKED_BYTES, maxUnpackedBytes));
      try {
        normalizer.text(unpacked, origin);
      } catch (DamagedObjectException e) {
        normalizer.bad(remainder(e, data, unpacked.bytes(), origin));
      }
      return unpacked.bytes();
    }
  }

  /** Of a pack that can't be opened at all, its own bytes. */
  private static BadEvent remainder(
      DamagedObjectException damaged, byte[] data, long unpackedBytes, EventOrigin origin) {
    byte[] rest = unpackedBytes == 0 ? data : damaged.remainder();
    return BadEvent.unread(
        Damage.reason(damaged.getCause()),
        "the packed message can't be read beyond byte %d of what it unpacks to: %s"
            .formatted(unpackedBytes, Damage.sentence(damaged.getCause())),
        origin,
        damaged.index(),
        damaged.byteOffset(),
        rest.length,
        rest.length > KEPT_BYTES ? Arrays.copyOf(rest, KEPT_BYTES) : rest);
  }
}
