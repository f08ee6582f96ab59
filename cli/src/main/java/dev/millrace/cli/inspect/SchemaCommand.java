package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace inspect schema}. */
@Command(
    name = "schema",
    description = {
      "Shows the columns of a table, or of all tables of events: type, since which load they are"
          + " there, by which row, and their description.",
      "",
      "A row's id can be given to `millrace inspect event`.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace inspect schema",
      "  millrace inspect schema order_completed",
      "  millrace inspect schema _millrace_batches --json",
      "",
      "Exit codes: 0 done; 1 there is no such table, or the dataset can't be asked; 2",
      "the arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Mixin private InspectOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE",
      description = "The table. Default: every table of events")
  private String table;

  @Override
  public Integer call() throws IOException {
    return options.with(
        (dataset, pipeline) -> {
          List<TableInfo> tables =
              table == null ? dataset.eventTables() : List.of(dataset.table(table));
          Map<String, ChangeRow> changes = new HashMap<>();
          new Changes(dataset)
              .all(table)
              .forEach(change -> changes.putIfAbsent(change.name(), change));
          options.print(new Answer(dataset.label(), tables, changes));
          return 0;
        });
  }

  /**
   * @param changes by {@code table} or {@code table.column}
   */
  private record Answer(String label, List<TableInfo> tables, Map<String, ChangeRow> changes)
      implements InspectOptions.Answer {
    @Override
    public String text() {
      if (tables.isEmpty()) {
        return "no tables of events in " + label + "\n";
      }
      StringBuilder text = new StringBuilder();
      for (TableInfo table : tables) {
        text.append(text.isEmpty() ? "" : "\n");
        text.append("%s: %s\n".formatted(table.name(), Counted.of(table.rows(), "row")));
        TextTable columns =
            TextTable.whole("column", "type", "since load", "at (UTC)", "first row", "description");
        table.columns().forEach(column -> add(columns, table, column));
        text.append(columns.indented(2));
      }
      return text.toString();
    }

    private void add(TextTable shown, TableInfo table, ColumnInfo column) {
      ChangeRow change = since(table, column);
      shown.row(
          column.name(),
          type(column),
          change == null ? null : change.loadId(),
          change == null ? null : Times.utc(change.recorded()),
          change == null ? null : change.firstRow(),
          column.description());
    }

    /** A table's first columns came with it. */
    private ChangeRow since(TableInfo table, ColumnInfo column) {
      ChangeRow own = changes.get(table.name() + "." + column.name());
      return own == null ? changes.get(table.name()) : own;
    }

    private static String type(ColumnInfo column) {
      String type = column.type() == null ? column.physicalType() : column.type().word();
      return column.nullable() ? type : type + " not null";
    }

    @Override
    public Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("dataset", label);
      document.put("tables", tables.stream().map(this::document).toList());
      return document;
    }

    private Map<String, Object> document(TableInfo table) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", table.name());
      document.put("rows", table.rows());
      document.put(
          "columns", table.columns().stream().map(column -> document(table, column)).toList());
      return document;
    }

    private Map<String, Object> document(TableInfo table, ColumnInfo column) {
      ChangeRow change = since(table, column);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", column.name());
      document.put("type", column.type() == null ? null : column.type().word());
      document.put("physical_type", column.physicalType());
      document.put("nullable", column.nullable());
      document.put("description", column.description());
      document.put("since_load_id", change == null ? null : change.loadId());
      document.put("since", change == null ? null : change.recorded().toString());
      document.put("first_row_id", change == null ? null : change.firstRow());
      document.put("from_type", change == null ? null : change.fromType());
      document.put("raw_path", change == null ? null : change.rawPath());
      return document;
    }
  }
}
