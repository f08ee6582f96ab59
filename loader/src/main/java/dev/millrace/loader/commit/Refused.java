package dev.millrace.loader.commit;

import dev.millrace.loader.system.BadEventReasons;
import java.util.Map;

/**
 * Rows that the warehouse would not take, as they are told in {@code _millrace_bad_events}.
 *
 * @param byTable how many of each table were refused
 * @param roots how many of them are root rows: their events are bad
 * @param lines how many rows of bad events tell it: the refused ones, and those below them that are
 *     in
 * @param path of the staged object with these lines, or null if there are none
 */
record Refused(Map<String, Long> byTable, long roots, long lines, String path) {
  /** The reason of such bad events. */
  static final String REASON = BadEventReasons.REFUSED_BY_WAREHOUSE;

  static final Refused NONE = new Refused(Map.of(), 0, 0, null);

  /** How many rows were refused. */
  long rows() {
    return byTable.values().stream().mapToLong(Long::longValue).sum();
  }
}
