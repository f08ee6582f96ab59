package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.Loader;
import dev.millrace.loader.replay.LandingArchive;
import dev.millrace.loader.replay.ReplayPlan;
import dev.millrace.loader.replay.ReplayReport;
import dev.millrace.loader.replay.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace replay}: loads batches of the landing archive again. */
@Command(
    name = "replay",
    description = {
      "Loads batches of the landing archive that are not in the dataset: each once, however often"
          + " this is run. A batch that is in stays as it is, so nothing happens where all are.",
      "",
      "After a change of the settings, --into-dataset builds a new dataset from the archive. It may"
          + " be ended at any moment; run again, it goes on.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace replay --since 2026-11-01 --until 2026-11-08",
      "  millrace replay --prefix prod_2026-11-23 --parallel 8",
      "  millrace replay --load-id 1795451447.201694004711",
      "  millrace replay --settings changed.yaml --into-dataset telemetry_2",
      "  millrace replay bad --reason too_large",
      "  millrace replay segment gs://my-archive/segment-logs --trusted",
      "",
      "Exit codes: 0 all of the batches are in; 1 some are not, or there are none; 2 the arguments",
      "or settings can't be used; 130 interrupted."
    },
    subcommands = {ReplayBadCommand.class, ReplaySegmentCommand.class},
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  @Mixin private final PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private final TimeRange times = new TimeRange();

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Objects whose names begin so. Default: all")
  private String prefix;

  @Option(
      names = "--load-id",
      paramLabel = "ID",
      split = ",",
      description = "The batch of this load id; may be given several times")
  private Set<String> loadIds = Set.of();

  @Mixin private final IntoDataset into = new IntoDataset();
  @Mixin private final LoadOptions loads = new LoadOptions();

  @Option(names = "--json", description = "Print one JSON object")
  private boolean json;

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws IOException {
    Selection selection = new Selection(prefix, times.since(), times.until(), loadIds);
    ReplayPlan plan = ReplayPlan.ofAll(loads.parallel());
    try (OpenPipeline pipeline = into.of(pipelineOptions.open())) {
      Loader loader = new Loader(pipeline.ports(), pipeline.settings(), Clock.systemUTC());
      ReplayReport report =
          new ReplayRun(pipeline, loads.quota(pipeline), progress)
              .of(new LandingArchive(pipeline.ports().store().landing(), selection, loader), plan);
      refuseNothing(report);
      int exitCode = ReplayAnswer.print(command, report, pipeline.label(), json);
      return isUnknownAmong(report) ? Failure.FAILED : exitCode;
    }
  }

  private void refuseNothing(ReplayReport report) {
    if (report.lookedAt() > 0) {
      return;
    }
    if (!loadIds.isEmpty()) {
      throw Failure.failed(unknown(0));
    }
    throw Failure.failed(
        prefix.isEmpty() && times.isWhole()
            ? "the landing archive is empty: there is nothing to load"
            : "the landing archive has no batch of this time and prefix");
  }

  private boolean isUnknownAmong(ReplayReport report) {
    if (report.lookedAt() >= loadIds.size()) {
      return false;
    }
    PrintWriter err = command.commandLine().getErr();
    err.println("millrace: " + unknown(report.lookedAt()));
    err.flush();
    return true;
  }

  private String unknown(long known) {
    return ("of %s the landing archive has %d: what is missing was deleted from it, or never was a"
            + " batch of it; `millrace inspect batches` lists what was loaded")
        .formatted(Counted.of(loadIds.size(), "load id"), known);
  }
}
