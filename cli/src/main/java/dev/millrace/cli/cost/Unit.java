package dev.millrace.cli.cost;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a price is for one of. Quantities are counted in the measure's own unit. */
enum Unit {
  GIB("GiB", Measure.DATA, 1),
  TIB("TiB", Measure.DATA, 1024),
  GIB_MONTH("GiB-month", Measure.STORAGE, 1),
  GIB_HOUR("GiB-hour", Measure.STORAGE, 1.0 / 730),
  VCPU_SECOND("vCPU-second", Measure.PROCESSOR, 1),
  GIB_SECOND("GiB-second", Measure.MEMORY, 1),
  ONE("one", Measure.PIECES, 1),
  THOUSAND("thousand", Measure.PIECES, 1_000),
  MILLION("million", Measure.PIECES, 1_000_000);

  /** What can be counted, and in what: GiB, GiB-months, vCPU-seconds, GiB-seconds, pieces. */
  enum Measure {
    DATA,
    STORAGE,
    PROCESSOR,
    MEMORY,
    PIECES;

    /** {@code GiB or TiB}. */
    String units() {
      return Arrays.stream(Unit.values())
          .filter(unit -> unit.measure == this)
          .map(Unit::toString)
          .collect(Collectors.joining(" or "));
    }
  }

  private final String text;
  private final Measure measure;
  private final double size;

  Unit(String text, Measure measure, double size) {
    this.text = text;
    this.measure = measure;
    this.size = size;
  }

  Measure measure() {
    return measure;
  }

  /** How many of the measure's own unit this is. */
  double size() {
    return size;
  }

  /** As price lists write it. */
  @Override
  public String toString() {
    return text;
  }
}
