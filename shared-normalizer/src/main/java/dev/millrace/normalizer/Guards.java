package dev.millrace.normalizer;

/**
 * Limits that keep one client from ruining everybody's tables (departure M12).
 *
 * @param nestingLevels containers deeper than this are kept as JSON; 20 unless set
 * @param columnsPerTable keys beyond it are kept in {@code _millrace_overflow}; 2,000 unless set
 * @param tables root and child tables of a dataset; 300 unless set
 * @param eventBytes an event larger than this is bad; 1 MiB unless set
 */
public record Guards(int nestingLevels, int columnsPerTable, int tables, int eventBytes) {
  /** The defaults. */
  public static final Guards DEFAULT = new Guards(20, 2_000, 300, 1 << 20);

  public Guards {
    if (nestingLevels < 1 || nestingLevels > 400) {
      throw new IllegalArgumentException("nestingLevels not in 1..400: " + nestingLevels);
    }
    if (columnsPerTable < 10 || columnsPerTable > 9_000) {
      throw new IllegalArgumentException("columnsPerTable not in 10..9000: " + columnsPerTable);
    }
    if (tables < 1) {
      throw new IllegalArgumentException("tables < 1: " + tables);
    }
    if (eventBytes < 1_024 || eventBytes > 64 << 20) {
      throw new IllegalArgumentException("eventBytes not in 1 KiB..64 MiB: " + eventBytes);
    }
  }
}
