package dev.millrace.publisher;

/** How many events, and of how many bytes, may wait in memory, and do. Not thread-safe. */
final class Room {
  private final int maxEvents;
  private final long maxBytes;
  private int events;
  private long bytes;

  Room(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  boolean has(int size) {
    return events < maxEvents && size <= maxBytes - bytes;
  }

  void take(int size) {
    events++;
    bytes += size;
  }

  void free(int size) {
    events--;
    bytes -= size;
  }

  boolean isHalfFree() {
    return events <= maxEvents / 2 && bytes <= maxBytes / 2;
  }

  QueueLevel level() {
    return new QueueLevel(events, maxEvents, ByteCount.of(bytes), ByteCount.of(maxBytes));
  }

  Outcome.Refused full() {
    return new Outcome.Refused(
        Outcome.Reason.QUEUE_FULL,
        "The queue is full: "
            + events
            + " events of at most "
            + maxEvents
            + " and "
            + bytes
            + " bytes of at most "
            + maxBytes
            + " wait for the broker.");
  }
}
