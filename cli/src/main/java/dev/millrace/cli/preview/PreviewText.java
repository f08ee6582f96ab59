package dev.millrace.cli.preview;

import dev.millrace.cli.show.Account;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.Report;
import dev.millrace.cli.show.TextTable;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A preview for a person. */
final class PreviewText {
  private static final int MOST_COLUMNS = 100;
  private static final int MOST_LINES = 25;

  private final Findings found;

  PreviewText(Findings found) {
    this.found = found;
  }

  @Override
  public String toString() {
    NormalizedBatch batch = found.batch();
    StringBuilder text = new StringBuilder();
    found.tables().forEach(table -> text.append(table(table)));
    text.append(changes());
    text.append(bad());
    text.append(counts("Guards that acted", "guard", "times", batch.guards()));
    text.append(
        counts("Values that a contract drops", "column", "values", batch.discardedValues()));
    Account account = new Account(batch.read(), batch.loaded(), batch.duplicate(), batch.bad());
    text.append("\n%s: %s\n".formatted(Counted.of(found.files().size(), "file"), account));
    return text.toString().stripLeading();
  }

  private String table(Table table) {
    TextTable shown = new TextTable("column", "type", "");
    List<String> system = new ArrayList<>();
    int more = 0;
    for (Column column : table.columns().values()) {
      if (column.name().startsWith("_dlt") || column.name().startsWith("_millrace_received_at")) {
        system.add(column.name());
      } else if (column.isComplete() && shown.size() < MOST_COLUMNS) {
        shown.row(column.name(), column.type().word(), remark(table, column));
      } else if (column.isComplete()) {
        more++;
      }
    }
    String isNew = found.against().isNamed() && found.isNew(table) ? ", new" : "";
    long rows = found.batch().rows().get(table.name());
    return Report.section(
        "%s: %s%s".formatted(table.name(), Counted.of(rows, "row"), isNew),
        (shown.isEmpty() ? "" : shown.indented(2))
            + (more == 0 ? "" : "  and %s more; --json lists all\n".formatted(columns(more)))
            + "  and the system columns "
            + String.join(", ", system)
            + "\n");
  }

  private String remark(Table table, Column column) {
    boolean fresh = found.against().isNamed() && !found.isNew(table) && found.isNew(table, column);
    String kind = column.isVariant() ? "variant" : "";
    return fresh ? ("new " + kind).strip() : kind;
  }

  private String changes() {
    List<PlacedChange> changes =
        found.changes().stream()
            .filter(
                it -> found.against().isNamed() || it.change().kind() == SchemaChange.Kind.VARIANT)
            .toList();
    String heading =
        found.against().isNamed() ? "What " + found.against().name() + " has not" : "Variants";
    if (changes.isEmpty()) {
      return found.against().isNamed() ? Report.section(heading, "  nothing\n") : "";
    }
    TextTable table = TextTable.whole("new", "name", "type", "first at");
    changes.stream()
        .limit(MOST_LINES)
        .forEach(it -> table.row(it.change().kind().word(), it.name(), type(it), it.first()));
    return Report.section(heading, table.indented(2) + more(changes.size() - MOST_LINES));
  }

  private static String type(PlacedChange placed) {
    SchemaChange change = placed.change();
    if (change.toType() == null) {
      return null;
    }
    String type = change.toType().word();
    return change.fromType() == null
        ? type
        : type + ", where " + change.fromType().word() + " does not fit";
  }

  private String bad() {
    StringBuilder lines = new StringBuilder();
    found.bad().stream()
        .limit(MOST_LINES)
        .map(it -> "%s: %s: %s".formatted(it.place(), reason(it.event()), it.event().detail()))
        .forEach(line -> lines.append("  ").append(TextTable.printable(line)).append('\n'));
    long more = Math.max(0, found.bad().size() - MOST_LINES) + found.unlistedBad();
    return Report.section("Bad events", lines.isEmpty() ? "  none\n" : lines + more(more));
  }

  private static String reason(SeenBad event) {
    return event.partial() ? event.reason() + " (a row of " + event.table() + ")" : event.reason();
  }

  private static String more(long count) {
    return count <= 0 ? "" : "  and %s more\n".formatted(Counted.number(count));
  }

  private static String columns(long count) {
    return Counted.of(count, "column");
  }

  private static String counts(
      String heading, String what, String times, Map<String, Long> counts) {
    TextTable table = new TextTable(what, times);
    counts.forEach(table::row);
    return table.isEmpty() ? "" : Report.section(heading, table.indented(2));
  }
}
