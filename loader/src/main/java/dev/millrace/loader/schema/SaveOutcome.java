package dev.millrace.loader.schema;

/** What became of a schema that a batch needs. */
public sealed interface SaveOutcome {
  /** It holds: what the tables are to be brought to. */
  record Saved(StoredSchema stored) implements SaveOutcome {}

  /**
   * Others were faster, and theirs and ours don't go together: the batch must be normalised again,
   * against theirs.
   *
   * @param detail what clashes, for the log
   */
  record Clashed(String detail) implements SaveOutcome {}
}
