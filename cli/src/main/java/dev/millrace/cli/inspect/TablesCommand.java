package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace inspect tables}. */
@Command(
    name = "tables",
    description = {
      "Lists the tables of events, root and child: rows, columns, since when they are there, and when"
          + " their newest event was received.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace inspect tables",
      "  millrace inspect tables --all --settings gs://my-state/millrace.yaml --json",
      "",
      "Exit codes: 0 done; 1 the dataset can't be asked; 2 the arguments or settings",
      "can't be used."
    },
    mixinStandardHelpOptions = true)
final class TablesCommand implements Callable<Integer> {
  @Mixin private InspectOptions options;

  @Option(names = "--all", description = "The pipeline's own tables too")
  private boolean all;

  @Override
  public Integer call() throws IOException {
    return options.with(
        (dataset, pipeline) -> {
          Map<String, ChangeRow> firsts = new HashMap<>();
          new Changes(dataset)
              .all(null)
              .forEach(
                  change -> {
                    if (change.column() == null) {
                      firsts.putIfAbsent(change.table(), change);
                    }
                  });
          Map<String, Instant> newest = Newest.of(dataset);
          List<Listed> tables = new ArrayList<>();
          for (TableInfo table : dataset.tables().values()) {
            if (all || LoadedDataset.isOfEvents(table)) {
              tables.add(new Listed(table, firsts.get(table.name()), newest.get(table.name())));
            }
          }
          options.print(new Answer(dataset.label(), tables));
          return 0;
        });
  }

  /**
   * @param first the change that brought the table; null for the pipeline's own
   * @param newest when the newest event was received; null if there is none
   */
  private record Listed(TableInfo table, ChangeRow first, Instant newest) {
    Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", table.name());
      document.put("rows", table.rows());
      document.put("columns", table.columns().size());
      document.put("first_seen_at", first == null ? null : first.recorded().toString());
      document.put("first_load_id", first == null ? null : first.loadId());
      document.put("newest_received_at", newest == null ? null : newest.toString());
      return document;
    }
  }

  private record Answer(String label, List<Listed> tables) implements InspectOptions.Answer {
    @Override
    public String text() {
      TextTable table =
          TextTable.whole(
              "table", "rows", "columns", "first seen (UTC)", "by load", "newest event (UTC)");
      tables.forEach(
          it ->
              table.row(
                  it.table().name(),
                  it.table().rows(),
                  it.table().columns().size(),
                  it.first() == null ? null : Times.utc(it.first().recorded()),
                  it.first() == null ? null : it.first().loadId(),
                  Times.utc(it.newest())));
      String count = tables.isEmpty() ? "no tables" : Counted.of(tables.size(), "table");
      return (tables.isEmpty() ? "" : table + "\n") + count + " in " + label + "\n";
    }

    @Override
    public Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("dataset", label);
      document.put("tables", tables.stream().map(Listed::document).toList());
      return document;
    }
  }
}
