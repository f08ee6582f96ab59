package dev.millrace.publisher;

/**
 * How full a publisher's queue is.
 *
 * @param events that wait in memory for the broker's answer
 * @param maxEvents how many may
 * @param bytes of their payloads
 * @param maxBytes how many may wait
 */
public record QueueLevel(long events, long maxEvents, ByteCount bytes, ByteCount maxBytes) {
  /** From 0, empty, to 1, full, by whichever bound is nearer. */
  public double fraction() {
    return Math.max(
        (double) events / maxEvents, (double) bytes.bytes() / Math.max(1, maxBytes.bytes()));
  }
}
