package dev.millrace.loader.system;

import dev.millrace.normalizer.BadReason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The reasons in {@code _millrace_bad_events}: the normaliser's and the warehouse's. */
public final class BadEventReasons {
  /** Of rows that the warehouse would not take. */
  public static final String REFUSED_BY_WAREHOUSE = "refused_by_warehouse";

  private BadEventReasons() {}

  /** Their codes. */
  public static List<String> codes() {
    return Stream.concat(
            Arrays.stream(BadReason.values()).map(BadReason::code), Stream.of(REFUSED_BY_WAREHOUSE))
        .toList();
  }
}
