package dev.millrace.normalizer.rows;

/** The guards of departure M12, as they are counted. */
enum GuardName {
  NESTING("nesting_levels"),
  COLUMNS("columns_per_table"),
  TABLES("tables"),
  EVENT_BYTES("event_bytes"),
  DEDUPLICATION("deduplicated_events");

  final String word;

  GuardName(String word) {
    this.word = word;
  }
}
