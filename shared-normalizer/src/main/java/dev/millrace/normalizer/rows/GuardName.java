package dev.millrace.normalizer.rows;

/** The guards of departure M12, as they are counted. */
enum GuardName {
  NESTING("nesting_levels"),
  COLUMNS("columns_per_table"),
  TABLES("tables"),
  /** The schema's document is as long as it may be. */
  SCHEMA("schema_bytes"),
  EVENT_BYTES("event_bytes"),
  DEDUPLICATION("deduplicated_events");

  final String word;

  GuardName(String word) {
    this.word = word;
  }
}
