package dev.millrace.cli.preview;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.files.FileProgress;
import dev.millrace.cli.settings.PipelineSettings;
import dev.millrace.cli.show.TextTable;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace preview}: what events would become, without loading them. */
@Command(
    name = "preview",
    description = {
      "Shows what events would become: tables, columns, types and rows; what is bad, and why.",
      "",
      "Nothing is loaded. Files are read as load reads them (JSON values one after the other, the"
          + " same in gzip, or an Avro batch), all of them together as one batch. With --fail-on it"
          + " is a test that a new event still fits the tables.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace preview new-event.json",
      "  millrace preview --against millrace.duckdb new-event.json",
      "  millrace preview --against schema.json --fail-on new-column,variant,bad samples/*.json",
      "  my-app --dump-events | millrace preview --settings millrace.yaml --json -",
      "  millrace preview --out rows events.jsonl.gz",
      "",
      "Exit codes: 0 done; 1 something holds that --fail-on names; 2 the arguments, the settings or",
      "a file can't be used."
    },
    exitCodeOnExecutionException = Failure.USAGE,
    mixinStandardHelpOptions = true)
public final class PreviewCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of events; - for standard input.")
  private List<String> names;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "A millrace.yaml. Default: none, and everything has its default")
  private Path settingsFile;

  @Option(
      names = "--event-field",
      paramLabel = "NAME",
      description =
          "The field that holds an event's name. Default: what the settings say, or event")
  private String eventField;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "The schema that is there: a DuckDB file, which is opened for reading, or a schema as"
              + " JSON. Default: none, and every table is new")
  private Path against;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "The schema in the DuckDB file. Default: what the settings say, or telemetry")
  private String dataset;

  @Option(names = "--json", description = "Print one JSON object, as docs/preview.md describes it")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write the rows there, <table>.jsonl for each table, with schema.json and preview.json."
              + " The folder must be empty, not there, or an earlier preview's")
  private Path out;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      split = ",",
      description = "End with exit code 1 if there is any of these: ${COMPLETION-CANDIDATES}")
  private List<FailOn> failOn = List.of();

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws IOException {
    refuseWhatFindsNothing();
    Settings settings = PipelineSettings.withoutPorts(settingsFile, eventField);
    if (dataset != null) {
      settings = settings.withDataset(dataset);
    }
    Baseline baseline =
        against == null ? Baseline.nothing(settings) : Baseline.of(against, settings);
    try (EventFiles files = EventFiles.named(names, progress)) {
      if (out == null) {
        Findings found = preview(baseline, settings, (t, b, o, l, n) -> {}).of(files.all());
        return tell(found, new PreviewDocument(found, holding(found), table -> null));
      }
      files.refuseBelow(out);
      try (RowFolder rows = RowFolder.in(out)) {
        Findings found = preview(baseline, settings, rows).of(files.all());
        PreviewDocument document = new PreviewDocument(found, holding(found), rows::fileOf);
        rows.finish(schemaAfter(found), document.json());
        return tell(found, document);
      }
    }
  }

  private Preview preview(Baseline baseline, Settings settings, RowSink rows) {
    return new Preview(
        baseline, settings, rows, new FileProgress(progress, "looking at what was found"));
  }

  /** A test that can't fail is worse than none. */
  private void refuseWhatFindsNothing() {
    Set<FailOn> asked = EnumSet.noneOf(FailOn.class);
    asked.addAll(failOn);
    if (against == null && asked.contains(FailOn.NEW_COLUMN) && !asked.contains(FailOn.NEW_TABLE)) {
      throw Failure.usage(
          "--fail-on new-column needs --against: without it every table is new, with all its"
              + " columns");
    }
  }

  private List<FailOn> holding(Findings found) {
    List<FailOn> holding = new ArrayList<>();
    for (FailOn condition : FailOn.values()) {
      if (failOn.contains(condition) && !condition.lines(found).isEmpty()) {
        holding.add(condition);
      }
    }
    return holding;
  }

  private static Schema schemaAfter(Findings found) {
    Schema before = found.against().stored().schema();
    Schema after = found.batch().schema();
    return after == before ? before : after.savedAfter(before);
  }

  private int tell(Findings found, PreviewDocument document) {
    PrintWriter print = command.commandLine().getOut();
    print.print(json ? document.json() : new PreviewText(found).toString());
    print.flush();
    PrintWriter err = command.commandLine().getErr();
    List<FailOn> holding = holding(found);
    for (FailOn condition : holding) {
      condition
          .lines(found)
          .forEach(line -> err.println("millrace: --fail-on " + TextTable.printable(line)));
    }
    err.flush();
    return holding.isEmpty() ? 0 : Failure.FAILED;
  }
}
