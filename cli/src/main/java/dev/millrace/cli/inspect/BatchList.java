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
 * @param sum of all that were asked for
 * @param listed the newest of them
 */
record BatchList(String label, Batches.Sum sum, List<BatchOutcome> listed)
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
    if (sum.count() == 0) {
      return "no batches in " + label;
    }
    long failed = sum.count() - sum.loaded();
    String shown =
        sum.count() > listed.size()
            ? " (the newest %s are listed; --limit lists more)"
                .formatted(Counted.number(listed.size()))
            : "";
    return "%s in %s%s: %s%s"
        .formatted(
            Counted.of(sum.count(), "batch"),
            label,
            shown,
            failed == 0 ? "" : Counted.number(failed) + " failed; ",
            sum.account());
  }

  @Override
  public Map<String, Object> document() {
    Map<String, Object> total = new LinkedHashMap<>();
    total.put("batches", sum.count());
    total.put("loaded", sum.loaded());
    total.put("failed", sum.count() - sum.loaded());
    total.put("events_read", sum.account().read());
    total.put("events_loaded", sum.account().loaded());
    total.put("events_duplicate", sum.account().duplicate());
    total.put("events_bad", sum.account().bad());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("dataset", label);
    document.put("total", total);
    document.put("batches", listed.stream().map(BatchOutcome::document).toList());
    return document;
  }
}
