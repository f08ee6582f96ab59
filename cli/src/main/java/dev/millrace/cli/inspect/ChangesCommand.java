package dev.millrace.cli.inspect;

import dev.millrace.cli.console.PointInTime;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace inspect changes}. */
@Command(
    name = "changes",
    description = {"Lists what batches added to the schema, newest first.", ""},
    footer = {
      "",
      "Examples:",
      "  millrace inspect changes --since 7d",
      "  millrace inspect changes --table order_completed --json",
      "",
      "Exit codes: 0 done; 1 there is no such table, or the dataset can't be asked; 2",
      "the arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
final class ChangesCommand implements Callable<Integer> {
  @Mixin private InspectOptions options;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only those of this table")
  private String table;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description =
          "Only what was recorded since: 2026-11-26, 2026-11-26T10:00:00Z, or 30m, 24h, 7d ago")
  private Instant since;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "How many to list at most. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Override
  public Integer call() throws IOException {
    int most = Limit.checked(limit);
    return options.with(
        (dataset, pipeline) -> {
          if (table != null) {
            dataset.table(table);
          }
          Changes changes = new Changes(dataset);
          List<ChangeRow> listed = changes.newest(table, since, most);
          long all = listed.size() < most ? listed.size() : changes.count(table, since);
          options.print(
              new Answer(dataset.label(), Chosen.words("of table", table, since), all, listed));
          return 0;
        });
  }

  private record Answer(String label, String chosen, long all, List<ChangeRow> listed)
      implements InspectOptions.Answer {
    @Override
    public String text() {
      TextTable table = TextTable.whole("recorded (UTC)", "load id", "new", "name", "type");
      listed.forEach(
          it ->
              table.row(
                  Times.utc(it.recorded()), it.loadId(), it.kind(), it.shownName(), it.type()));
      String shown =
          all > listed.size()
              ? " (the newest %s are listed; --limit lists more)"
                  .formatted(Counted.number(listed.size()))
              : "";
      return (table.isEmpty() ? "" : table + "\n")
          + "%s%s in %s%s\n"
              .formatted(all == 0 ? "no changes" : Counted.of(all, "change"), chosen, label, shown);
    }

    @Override
    public Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("dataset", label);
      document.put("total", all);
      document.put("changes", listed.stream().map(ChangeRow::document).toList());
      return document;
    }
  }
}
