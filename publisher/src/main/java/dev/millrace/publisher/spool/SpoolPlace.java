package dev.millrace.publisher.spool;

/** Where an event is in a spool. */
public final class SpoolPlace {
  final Segment segment;
  final int ordinal;
  final long end;

  /**
   * @param ordinal number of the record in the segment, from 0
   * @param end offset behind the record, in bytes
   */
  SpoolPlace(Segment segment, int ordinal, long end) {
    this.segment = segment;
    this.ordinal = ordinal;
    this.end = end;
  }
}
