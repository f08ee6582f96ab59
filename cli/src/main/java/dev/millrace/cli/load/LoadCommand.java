package dev.millrace.cli.load;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.FileProgress;
import dev.millrace.cli.settings.PipelinePlace;
import dev.millrace.cli.settings.PipelineSettings;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace load}: event files into a DuckDB file. */
@Command(
    name = "load",
    description = {
      "Loads event files into a DuckDB file.",
      "",
      "A file holds JSON values one after the other (JSON lines, for example; a list at the top is"
          + " read as its elements), the same in gzip, or an Avro batch of a Cloud Storage"
          + " subscription. It is known by its content: loading it again, under any name, changes"
          + " nothing. What can't be loaded is kept in _millrace_bad_events and reported.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace load events.jsonl",
      "  millrace load --into shop.duckdb monday.jsonl.gz tuesday.jsonl.gz",
      "  curl -s https://example.com/events | millrace load -",
      "  millrace load --event-field type github-archive.json.gz",
      "",
      "Exit codes: 0 all files are loaded, bad events or not; 1 a file could not be loaded; 2 the",
      "arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of events; - for standard input.")
  private List<String> files;

  @Option(
      names = "--into",
      paramLabel = "FILE",
      defaultValue = "millrace.duckdb",
      description = "The DuckDB file; made if it isn't there. Default: ${DEFAULT-VALUE}")
  private Path into;

  @Option(
      names = "--event-field",
      paramLabel = "NAME",
      description =
          "The field that holds an event's name. Default: what the settings say, or event")
  private String eventField;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "A millrace.yaml. Default: none, and everything has its default")
  private Path settingsFile;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description =
          "For the schema, and for packages until they are loaded. Keep it with the DuckDB file."
              + " Default: a hidden folder beside that file")
  private Path work;

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws IOException {
    LocalDataset.warmUp();
    PipelinePlace place = PipelinePlace.ofFiles(into, work);
    Settings settings = PipelineSettings.forFiles(settingsFile, eventField, place);
    LocalDataset dataset = new LocalDataset(place.database(), settings.dataset());
    LoadSummary summary = new LoadSummary();
    boolean all = true;
    try (Ports ports = PipelineSettings.openToLoad(settings)) {
      FileProgress reading = new FileProgress(progress, "writing the tables");
      FileLoads loads =
          new FileLoads(ports, settings, Clock.systemUTC(), reading, LoadedContents.of(dataset));
      for (String name : files) {
        all &= load(name, place.folder(), loads, summary, dataset);
      }
    }
    out().print(summary.text());
    if (Files.exists(place.database())) {
      out().printf("The tables are in %s, schema %s.%n", place.database(), settings.dataset());
    }
    out().flush();
    return all ? 0 : Failure.FAILED;
  }

  private boolean load(
      String name, Path folder, FileLoads loads, LoadSummary summary, LocalDataset dataset)
      throws IOException {
    try (EventFile file = EventFile.named(name, folder, progress)) {
      LoadOutcome outcome = loads.load(file);
      if (outcome instanceof LoadOutcome.Loaded loaded) {
        LoadReport report = loaded.report();
        summary.add(file, report, dataset);
        out()
            .printf(
                "%s: %s, %s in %s (%s events a second)%n",
                name,
                LoadSummary.account(report),
                Counted.bytes(file.bytes()),
                Counted.time(report.took()),
                Counted.perSecond(report.read(), report.took()));
        return true;
      }
      if (outcome instanceof LoadOutcome.AlreadyLoaded known) {
        out().printf("%s: loaded before, as %s; nothing changed%n", file.name(), known.loadId());
        return true;
      }
      complain(file.name() + " is not loaded: " + reason(outcome));
    } catch (Failure failure) {
      complain(failure.getMessage());
    }
    return false;
  }

  private void complain(String sentence) {
    PrintWriter err = command.commandLine().getErr();
    err.println("millrace: " + sentence);
    err.flush();
  }

  private static String reason(LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.FailedForGood failed) {
      return failed.detail();
    }
    if (outcome instanceof LoadOutcome.TryAgain later) {
      return later.detail();
    }
    throw new IllegalStateException("loaded: " + outcome);
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
