package dev.millrace.cli.forget;

import dev.millrace.cli.ids.SearchedId;
import dev.millrace.loader.erasure.Erasure;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the command has to tell.
 *
 * @param lookedBytes what looking was billed for; empty where nothing is billed
 * @param erasure the person's, if it is recorded by now; else null
 * @param deleted rows by table; null where nothing was to be deleted yet
 */
record Answer(
    SearchedId person,
    Found found,
    Copies copies,
    OptionalLong lookedBytes,
    Erasure erasure,
    Map<String, Long> deleted) {
  Answer with(Erasure recorded, Map<String, Long> gone) {
    return new Answer(person, found, copies, lookedBytes, recorded, gone);
  }

  boolean isDone() {
    return deleted != null;
  }

  /** Rows by table: deleted ones where they are, else those that were found. */
  Map<String, Long> rows() {
    return isDone() ? deleted : found.byTable();
  }
}
