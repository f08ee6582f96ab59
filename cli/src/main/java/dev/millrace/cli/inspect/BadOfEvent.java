package dev.millrace.cli.inspect;

import java.util.Comparator;
import java.util.Map;

/**
 * A bad event, or a row of one, that is an event's.
 *
 * @param mentionOnly its bytes are cut or no good JSON, and have the id in them, so that it may be
 *     another event's
 */
record BadOfEvent(BadRow row, boolean mentionOnly) {
  static final Comparator<BadOfEvent> EARLIEST_FIRST =
      Comparator.comparing((BadOfEvent bad) -> bad.row().received())
          .thenComparing(bad -> bad.row().loadId());

  /** Lines for a person. */
  String text() {
    return "  %s%s\n%s"
        .formatted(
            row.reason(),
            mentionOnly ? " (its bytes, which are cut or no good JSON, mention the id)" : "",
            row.text(4));
  }

  Map<String, Object> document() {
    Map<String, Object> document = row.document();
    document.put("mention_only", mentionOnly);
    return document;
  }
}
