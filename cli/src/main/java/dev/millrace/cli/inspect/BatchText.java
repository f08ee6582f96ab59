package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.Report;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A batch for a person. */
final class BatchText {
  private static final int WORD_WIDTH = 14;

  private final BatchReport report;
  private final BatchOutcome batch;
  private final BatchDetail detail;

  BatchText(BatchReport report) {
    this.report = report;
    this.batch = report.batch();
    this.detail = report.detail();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("Batch ").append(batch.loadId()).append('\n');
    line(text, "object", batch.batch().toString());
    line(text, "state", state());
    if (batch.account() != null) {
      line(text, "format", detail.format() + ", " + Counted.bytes(detail.bytes()));
      line(text, "events", batch.account().toString());
      line(text, "schema", "version " + detail.schemaVersion());
    } else {
      line(text, "code", batch.code());
      line(text, "detail", TextTable.printable("" + batch.detail()));
    }
    text.append(timings());
    text.append(tables());
    text.append(counts("Bad events and rows", "reason", "count", detail.badByReason()));
    text.append(counts("Guards that acted", "guard", "times", detail.guards()));
    text.append(
        counts("Values that a contract dropped", "column", "values", detail.discardedValues()));
    text.append(changes());
    text.append(outcomes());
    if (!report.older().isEmpty()) {
      text.append(
          Report.section(
              "Other generations of the object",
              "  " + String.join("\n  ", report.older()) + "\n"));
    }
    return text.toString();
  }

  private String state() {
    if (batch.isLoaded() && !report.complete()) {
      return batch.state()
          + ", but _dlt_loads has no row of it yet: the load is not complete; it goes on when its notice comes again";
    }
    return batch.state();
  }

  private String timings() {
    StringBuilder text = new StringBuilder();
    Instant published = report.receipt().first();
    if (published != null) {
      text.append(step("first published", published, null));
      text.append(step("last published", report.receipt().last(), published));
    }
    Instant created = batch.replayed().isPresent() ? null : batch.created();
    text.append(step("created", created, report.receipt().last()));
    if (batch.isLoaded()) {
      text.append(step("started", detail.started(), created));
      text.append(step("sealed", detail.sealed(), detail.started()));
      text.append(step("committed", batch.committed(), detail.sealed()));
      if (batch.lag() != null) {
        line(text, "lag", BatchList.lag(batch.lag()) + " from created to committed" + sinceFirst());
      }
    } else {
      text.append(step("recorded", batch.recorded(), created));
    }
    return Report.section("Timings (UTC)", text.toString());
  }

  private String sinceFirst() {
    Instant published = report.receipt().first();
    return published == null
        ? ""
        : ", " + BatchList.lag(Duration.between(published, batch.committed())) + " from published";
  }

  private static String step(String word, Instant time, Instant before) {
    if (time == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    boolean later = before != null && time.isAfter(before);
    String after = later ? "  +" + Counted.time(Duration.between(before, time)) : "";
    line(text, word, Times.utc(time) + after);
    return text.toString();
  }

  private static void line(StringBuilder text, String word, String value) {
    String padding = " ".repeat(Math.max(2, WORD_WIDTH + 3 - word.length()));
    text.append("  ").append(word).append(padding).append(value).append('\n');
  }

  private String tables() {
    if (!batch.isLoaded()) {
      return "";
    }
    boolean jobs = !detail.loadJobs().isEmpty();
    TextTable table =
        jobs ? TextTable.whole("table", "rows", "jobs") : TextTable.whole("table", "rows");
    detail
        .rowsLoaded()
        .forEach(
            (name, rows) -> {
              if (jobs) {
                table.row(name, rows, jobs(detail.loadJobs().path(name)));
              } else {
                table.row(name, rows);
              }
            });
    return Report.section("Rows", table.isEmpty() ? "  none\n" : table.indented(2));
  }

  private static String jobs(JsonNode ids) {
    List<String> names = new ArrayList<>();
    ids.forEach(id -> names.add(id.asString()));
    return String.join(", ", names);
  }

  private String changes() {
    if (report.changes().isEmpty()) {
      return "";
    }
    TextTable table = TextTable.whole("new", "name", "type", "first row");
    report.changes().forEach(it -> table.row(it.kind(), it.shownName(), it.type(), it.firstRow()));
    return Report.section("Schema changes", table.indented(2));
  }

  private String outcomes() {
    if (report.outcomes().size() < 2) {
      return "";
    }
    TextTable table = new TextTable("recorded (UTC)", "state", "code", "detail");
    report
        .outcomes()
        .forEach(it -> table.row(Times.utc(it.recorded()), it.state(), it.code(), it.detail()));
    return Report.section("Every outcome", table.indented(2));
  }

  private static String counts(
      String heading, String what, String times, Map<String, Long> counts) {
    TextTable table = TextTable.whole(what, times);
    counts.forEach(table::row);
    return table.isEmpty() ? "" : Report.section(heading, table.indented(2));
  }
}
