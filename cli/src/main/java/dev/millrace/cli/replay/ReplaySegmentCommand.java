package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import dev.millrace.function.storage.CloudLanding;
import dev.millrace.function.storage.StorageClient;
import dev.millrace.loader.Loader;
import dev.millrace.loader.read.BatchContent;
import dev.millrace.loader.read.BatchReader;
import dev.millrace.loader.read.LandingContent;
import dev.millrace.loader.replay.LandingArchive;
import dev.millrace.loader.replay.ReplayPlan;
import dev.millrace.loader.replay.ReplayReport;
import dev.millrace.loader.replay.ReplaySource;
import dev.millrace.loader.replay.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace replay segment}: loads a Segment archive. */
@Command(
    name = "segment",
    description = {
      "Loads the archive of a Segment storage destination: gzip'd JSON lines in"
          + " <source>/<day>/<file>.gz, the day a Unix timestamp. Events are loaded as they are:"
          + " Segment has repaired their timestamps already. Each file is loaded once, older days of"
          + " a source first.",
      "",
      "Where --database is not there it is made; ./millrace.duckdb is, where no pipeline is named and"
          + " the folder has none.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace replay segment segment-logs --trusted",
      "  millrace replay segment segment-logs --trusted --database history.duckdb",
      "  millrace replay segment gs://my-archive/segment-logs/3kR9 --since 2026-01-01 --trusted",
      "  millrace replay segment gs://my-archive/segment-logs --into-dataset history",
      "",
      "Exit codes: 0 all of the files are loaded; 1 some are not, or there are none; 2 the arguments",
      "or settings can't be used; 130 interrupted."
    },
    mixinStandardHelpOptions = true)
public final class ReplaySegmentCommand implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("gs://([^/]+)(?:/(.*))?");

  @Parameters(
      paramLabel = "PLACE",
      description = "A folder, or gs://BUCKET/PREFIX, with the archive or one source of it")
  private String place;

  @Option(
      names = "--trusted",
      description =
          "Takes an event's receivedAt for _millrace_received_at, so that rows stand in the"
              + " partitions of their days. Default: the time of the archive's object, or for a file"
              + " of this machine of its first load")
  private boolean trusted;

  @Mixin private final TimeRange times = new TimeRange();
  @Mixin private final PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private final IntoDataset into = new IntoDataset();
  @Mixin private final LoadOptions loads = new LoadOptions();

  @Option(names = "--json", description = "Print one JSON object")
  private boolean json;

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws IOException {
    ReplayPlan plan = ReplayPlan.ofAll(loads.parallel());
    times.until();
    Matcher address = ADDRESS.matcher(place);
    refuseUnreadable(address);
    try (OpenPipeline pipeline = into.of(pipelineOptions.openOrMake())) {
      ReplaySource source =
          address.matches()
              ? bucket(pipeline, address.group(1), address.group(2))
              : new SegmentFolder(
                  Path.of(place),
                  times,
                  trusted,
                  pipeline.ports(),
                  pipeline.settings(),
                  Clock.systemUTC());
      ReplayReport report =
          new ReplayRun(pipeline, loads.quota(pipeline), progress).of(source, plan);
      if (report.lookedAt() == 0) {
        throw Failure.failed(
            "%s holds no files of a Segment archive%s: they are called <source>/<day>/<file>.gz, the day a Unix timestamp"
                .formatted(place, times.isWhole() ? "" : " of these days"));
      }
      return ReplayAnswer.print(command, report, pipeline.label(), json);
    }
  }

  private void refuseUnreadable(Matcher address) {
    if (address.matches()) {
      return;
    }
    Path folder = Path.of(place);
    if (!Files.isDirectory(folder)) {
      throw Failure.usage(
          place + (Files.exists(folder) ? " is a file" : " is not there") + "; name a folder");
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw Failure.usage("the folder " + place + " can't be read: no permission");
    }
  }

  private LandingArchive bucket(OpenPipeline pipeline, String bucket, String prefix) {
    SegmentDays landing =
        new SegmentDays(
            new CloudLanding(StorageClient.ofEnvironment(System.getenv()), bucket),
            times.since(),
            times.until());
    BatchContent content =
        new LandingContent(landing, new BatchReader(BatchReader.DEFAULT_MAX_UNPACKED_BYTES));
    Loader loader =
        new Loader(
            pipeline.ports(),
            pipeline.settings(),
            trusted ? content.trustingReceivedAt() : content,
            Clock.systemUTC());
    return new LandingArchive(
        landing,
        new Selection(prefix == null ? "" : prefix, Instant.MIN, Instant.MAX, Set.of()),
        loader);
  }
}
