package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.Report;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of an event.
 *
 * @param id what it was asked for by
 * @param since from when on it was looked for, or null
 * @param roots its root rows, the earliest received first: more than one where it was delivered in
 *     several batches, or where a message has several events
 * @param descendants rows of child tables
 * @param batches that brought the roots and the bad, as far as they are known; of a replay of bad
 *     events also the batch that they came in
 * @param bad what could not be loaded of it
 * @param unsearched how many bad events have lost bytes in which it could be named
 */
record EventReport(
    String label,
    String id,
    Instant since,
    List<EventRow> roots,
    List<EventRow> descendants,
    List<BatchOutcome> batches,
    List<BadOfEvent> bad,
    long unsearched)
    implements InspectOptions.Answer {
  private static final int MOST_ROWS = 50;

  boolean isFound() {
    return !roots.isEmpty() || !bad.isEmpty();
  }

  /** Root rows of the same event beyond its first. */
  long duplicates() {
    return roots.size() - roots.stream().map(EventRow::id).distinct().count();
  }

  @Override
  public String text() {
    if (!isFound()) {
      return notFound();
    }
    StringBuilder text = new StringBuilder();
    text.append("Event ").append(TextTable.printable(id)).append(": ").append(summary());
    if (!roots.isEmpty()) {
      TextTable table =
          TextTable.whole("table", "row", "messageId", "received (UTC)", "load id", "object");
      roots.forEach(
          it ->
              table.row(
                  it.table(),
                  it.id(),
                  it.messageId(),
                  Times.utc(it.received()),
                  it.loadId(),
                  object(it.loadId())));
      text.append(Report.section("Came in", table.indented(2)));
      text.append(rows());
    }
    if (!bad.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      bad.forEach(it -> lines.append(it.text()));
      text.append(Report.section("Bad", lines.toString()));
    }
    return text.toString();
  }

  private String summary() {
    if (roots.isEmpty()) {
      return notLoaded() + "\n";
    }
    String rows = Counted.of((long) roots.size() + descendants.size(), "row");
    String again =
        duplicates() == 0
            ? ""
            : "; delivered %s more, so the _unique views show the earliest"
                .formatted(Counted.of(duplicates(), "time"));
    String replayed =
        replay().map("; it was bad, and the replay %s loaded it"::formatted).orElse("");
    return "loaded, as %s%s%s\n".formatted(rows, again, replayed);
  }

  private String notLoaded() {
    if (bad.stream().allMatch(BadOfEvent::mentionOnly)) {
      return "not loaded, but perhaps bad: bytes in _millrace_bad_events mention it";
    }
    return bad.stream().allMatch(it -> it.row().replayedBy() != null)
        ? "bad and then replayed, and yet no table has a row of it"
        : "not loaded, for it is bad; it is kept in _millrace_bad_events";
  }

  /** The load of bad events that brought a root. */
  private Optional<String> replay() {
    return bad.stream()
        .map(it -> it.row().replayedBy())
        .filter(load -> roots.stream().anyMatch(root -> root.loadId().equals(load)))
        .findFirst();
  }

  private String rows() {
    TextTable table = TextTable.whole("table", "row", "parent row");
    roots.stream().limit(MOST_ROWS).forEach(it -> table.row(it.table(), it.id(), null));
    descendants.stream()
        .limit(Math.max(0, MOST_ROWS - table.size()))
        .forEach(it -> table.row(it.table(), it.id(), it.parentId()));
    long more = (long) roots.size() + descendants.size() - table.size();
    return Report.section(
        "Rows",
        table.indented(2)
            + (more == 0
                ? ""
                : "  and %s more; --json lists all\n".formatted(Counted.number(more))));
  }

  /** What the rows of a load came in: of a replay, what the bad events came in. */
  private String object(String loadId) {
    BatchOutcome batch =
        batches.stream().filter(it -> it.loadId().equals(loadId)).findFirst().orElse(null);
    return batch == null
        ? "(no row in _millrace_batches)"
        : batch.replayed().map(this::object).orElseGet(batch.batch()::toString);
  }

  private String notFound() {
    return """
        Event %s is not in %s%s: no table has a row of it, and it is not among the bad events.
        Events are there about as long after they are published as the subscription's window takes, usually 10 minutes.
        `millrace reconcile` shows what has come in and was never loaded, or failed.
        %s"""
        .formatted(
            TextTable.printable(id),
            label,
            since == null ? "" : ", as far as it was published since " + Times.utc(since),
            mayBeBad());
  }

  private String mayBeBad() {
    return unsearched == 0
        ? ""
        : "Of %s no bytes are kept, or only the first, so it may be among these; `millrace inspect bad` lists them.\n"
            .formatted(Counted.of(unsearched, "bad event"));
  }

  @Override
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("dataset", label);
    document.put("id", id);
    document.put("found", isFound());
    document.put("loaded", !roots.isEmpty());
    document.put("duplicates", duplicates());
    document.put("roots", roots.stream().map(EventRow::document).toList());
    document.put("descendants", descendants.stream().map(EventRow::document).toList());
    document.put("batches", batches.stream().map(BatchOutcome::document).toList());
    document.put("bad", bad.stream().map(BadOfEvent::document).toList());
    document.put("unsearched", unsearched);
    return document;
  }
}
