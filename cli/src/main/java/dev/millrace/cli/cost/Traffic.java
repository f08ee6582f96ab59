package dev.millrace.cli.cost;

/**
 * What apps send in a month.
 *
 * @param users 0 if unknown
 * @param bytesPerEvent of JSON, before any packing
 * @param packed whether the publisher packs many events into one message
 */
record Traffic(long events, long users, long bytesPerEvent, boolean packed) {
  /**
   * How many times fewer bytes packed messages have: measured on the benchmark's telemetry events
   * of about 665 bytes (docs/performance.md). Yours may pack better or worse.
   */
  static final double PACKED_TIMES = 4.3;

  private static final double GIB = 1L << 30;

  /** The month's events as JSON, which is what they are in the tables. */
  double gib() {
    return (double) events * bytesPerEvent / GIB;
  }

  /** The same as they are published, and as they lie in the landing bucket. */
  double publishedGib() {
    return packed ? gib() / PACKED_TIMES : gib();
  }

  Traffic withEvents(long other) {
    return new Traffic(other, users, bytesPerEvent, packed);
  }
}
