package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.Report;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Batches, newest first.
 *
 * @param label of the dataset
 * @param chosen which were asked for, in words
 * @param sums of all that were asked for
 * @param listed the newest of them
 */
record BatchList(String label, String chosen, Batches.Sums sums, List<BatchOutcome> listed)
    implements InspectOptions.Answer {
  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    if (!listed.isEmpty()) {
      TextTable table =
          TextTable.whole(
              "load id",
              "created (UTC)",
              "state",
              "read",
              "loaded",
              "duplicate",
              "bad",
              "lag",
              "object");
      listed.forEach(batch -> add(table, batch));
      text.append(table);
    }
    text.append(failures());
    text.append(listed.isEmpty() ? "" : "\n").append(total()).append('\n');
    return text.toString();
  }

  private static void add(TextTable table, BatchOutcome batch) {
    boolean loaded = batch.account() != null;
    table.row(
        batch.loadId(),
        Times.utc(batch.created()),
        batch.state(),
        loaded ? batch.account().read() : null,
        loaded ? batch.account().loaded() : null,
        loaded ? batch.account().duplicate() : null,
        loaded ? batch.account().bad() : null,
        loaded ? lag(batch.lag()) : null,
        batch.batch().name());
  }

  /** A clock of another machine may be ahead. */
  static String lag(Duration lag) {
    if (lag == null) {
      return null;
    }
    return lag.isNegative() ? "0.00 s" : Counted.time(lag);
  }

  private String failures() {
    StringBuilder lines = new StringBuilder();
    for (BatchOutcome batch : listed) {
      if (!batch.isLoaded()) {
        lines.append(
            "  %s: %s: %s\n"
                .formatted(batch.loadId(), batch.code(), TextTable.printable("" + batch.detail())));
      }
    }
    return lines.isEmpty() ? "" : Report.section("Why they failed", lines.toString());
  }

  private String total() {
    String shown =
        sums.count() > listed.size()
            ? " (the newest %s are listed; --limit lists more)"
                .formatted(Counted.number(listed.size()))
            : "";
    Batches.Sum batches = sums.batches();
    Batches.Sum replays = sums.replays();
    return (batches.count() == 0
            ? "no batches%s in %s%s".formatted(chosen, label, shown)
            : "%s%s in %s%s: %s"
                .formatted(
                    Counted.of(batches.count(), "batch"), chosen, label, shown, came(batches)))
        + (replays.count() == 0
            ? ""
            : "; %s of bad events: %s"
                .formatted(Counted.of(replays.count(), "replay"), came(replays)));
  }

  private static String came(Batches.Sum sum) {
    return (sum.failed() == 0 ? "" : Counted.number(sum.failed()) + " failed; ") + sum.account();
  }

  @Override
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("dataset", label);
    document.put("total", document(sums.batches()));
    document.put("replays", document(sums.replays()));
    document.put("batches", listed.stream().map(BatchOutcome::document).toList());
    return document;
  }

  private static Map<String, Object> document(Batches.Sum sum) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("batches", sum.count());
    document.put("loaded", sum.loaded());
    document.put("failed", sum.failed());
    document.put("events_read", sum.account().read());
    document.put("events_loaded", sum.account().loaded());
    document.put("events_duplicate", sum.account().duplicate());
    document.put("events_bad", sum.account().bad());
    return document;
  }
}
