package dev.millrace.cli.reconcile;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.replay.LoadOptions;
import dev.millrace.cli.replay.ReplayRun;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.NoticeTopic;
import dev.millrace.loader.reconcile.AgeWindow;
import dev.millrace.loader.reconcile.Reconcile;
import dev.millrace.loader.reconcile.ReconcileReport;
import dev.millrace.loader.reconcile.Survey;
import dev.millrace.loader.reconcile.SurveyReport;
import dev.millrace.loader.replay.LandingArchive;
import dev.millrace.loader.replay.ReplayPlan;
import dev.millrace.loader.replay.ReplayReport;
import dev.millrace.loader.replay.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace reconcile}: the landing place against the dataset. */
@Command(
    name = "reconcile",
    description = {
      "Compares the landing place with the dataset and says what is missing: batches that were never"
          + " loaded, and those that are half loaded. Batches that failed for good are told with the"
          + " reason; they are not missing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace reconcile",
      "  millrace reconcile --settings gs://my-project-millrace-state/millrace.yaml --notify",
      "  millrace reconcile --folder millrace-local --min-age 0s --load",
      "  millrace reconcile --json",
      "",
      "Exit codes: 0 nothing is missing, or --load has loaded it; 1 something is missing, or it",
      "can't be told; 2 the arguments or settings can't be used; 130 interrupted."
    },
    mixinStandardHelpOptions = true)
public final class ReconcileCommand implements Callable<Integer> {
  @Mixin private final PipelineOptions pipelineOptions = new PipelineOptions();

  @Option(
      names = "--min-age",
      paramLabel = "TIME",
      defaultValue = "30m",
      description =
          "Leaves out objects that are younger, for they may be on their way. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration minAge;

  @Option(
      names = "--notify",
      description =
          "Publishes the notices of what is missing again, the oldest 1,000, as the scheduled job"
              + " does. Needs ports.notice_topic")
  private boolean notify;

  @Option(names = "--load", description = "Loads what is missing from here")
  private boolean load;

  @Mixin private final LoadOptions loads = new LoadOptions();

  @Option(names = "--json", description = "Print one JSON object")
  private boolean json;

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();
  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws IOException {
    if (notify && load) {
      throw Failure.usage("--notify lets the function load, --load loads from here; choose one");
    }
    ReplayPlan plan = ReplayPlan.ofMissing(loads.parallel());
    try (OpenPipeline pipeline = pipelineOptions.open().toLoad()) {
      if (notify && pipeline.ports().notices() == NoticeTopic.NONE) {
        throw Failure.usage("--notify needs a topic: set ports.notice_topic, or use --load");
      }
      AgeWindow window = new AgeWindow(minAge, null);
      SurveyReport found = survey(pipeline, window);
      boolean anyMissing = found.missingObjects() > 0;
      ReconcileReport notified = notify && anyMissing ? notified(pipeline) : null;
      ReplayReport loaded = load && anyMissing ? load(pipeline, plan) : null;
      print(new ReconcileAnswer(pipeline.label(), found, notified, loaded));
      boolean missing = loaded == null ? anyMissing : loaded.left() > 0;
      return missing ? Failure.FAILED : 0;
    }
  }

  private SurveyReport survey(OpenPipeline pipeline, AgeWindow window) throws IOException {
    try {
      return new Survey(pipeline.ports(), window, clock)
          .run(count -> progress.at(Counted.of(count, "object") + " looked at"));
    } finally {
      progress.done();
    }
  }

  private ReconcileReport notified(OpenPipeline pipeline) throws IOException {
    Duration retention = pipeline.settings().periods().landingRetention();
    return new Reconcile(pipeline.ports(), new AgeWindow(minAge, retention), clock).run();
  }

  private ReplayReport load(OpenPipeline pipeline, ReplayPlan plan) throws IOException {
    Loader loader = new Loader(pipeline.ports(), pipeline.settings(), clock);
    // An object of exactly this age is old enough.
    Selection selection = Selection.ALL.until(clock.instant().minus(minAge).plusNanos(1));
    return new ReplayRun(pipeline, loads.quota(pipeline), progress)
        .of(new LandingArchive(pipeline.ports().store().landing(), selection, loader), plan);
  }

  private void print(ReconcileAnswer answer) {
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? answer.json() : answer.text());
    out.flush();
  }
}
