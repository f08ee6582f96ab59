package dev.millrace.publisher;

import dev.millrace.publisher.spool.Durability;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A folder for events that can't be sent, and how they are kept in it. One publisher at a time may
 * use a folder.
 *
 * @param folder made where there is none
 * @param maxBytes what its files may have together
 * @param keep which events go there
 * @param durability what they survive
 */
public record SpoolSettings(Path folder, ByteCount maxBytes, Keep keep, Durability durability) {
  private static final ByteCount LEAST = ByteCount.mebibytes(2);

  public SpoolSettings {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(keep, "keep");
    Objects.requireNonNull(durability, "durability");
    if (maxBytes.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("maxBytes < 2 MiB: " + maxBytes);
    }
  }

  /** Which events go to the spool. */
  public enum Keep {
    /** Those that find the queue full, that the transport gives up on, or that close leaves. */
    WHAT_CANT_BE_SENT,
    /** Every one, before the call returns: the end of the process loses none. */
    EVERY_EVENT
  }

  /** At most 1 GiB of what can't be sent, which survives the end of the process. */
  public static SpoolSettings in(Path folder) {
    return new SpoolSettings(
        folder, ByteCount.gibibytes(1), Keep.WHAT_CANT_BE_SENT, Durability.PROCESS_END);
  }

  /** The same with another bound, at least 2 MiB. */
  public SpoolSettings withMaxBytes(ByteCount bytes) {
    return new SpoolSettings(folder, bytes, keep, durability);
  }

  /** The same for every event. */
  public SpoolSettings forEveryEvent() {
    return new SpoolSettings(folder, maxBytes, Keep.EVERY_EVENT, durability);
  }

  /** The same, surviving a loss of power too: a spooled call waits for {@code fsync}. */
  public SpoolSettings survivingPowerLoss() {
    return new SpoolSettings(folder, maxBytes, keep, Durability.POWER_LOSS);
  }
}
