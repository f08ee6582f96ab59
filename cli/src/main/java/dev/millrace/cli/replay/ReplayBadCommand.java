package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.replay.ReplayPlan;
import dev.millrace.loader.replay.ReplayReport;
import dev.millrace.loader.replay.bad.BadEvents;
import dev.millrace.loader.replay.bad.BadSelection;
import dev.millrace.loader.replay.bad.ReplayableReasons;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace replay bad}: loads bad events again. */
@Command(
    name = "bad",
    description = {
      "Loads bad events again, after a fix of what made them bad: a guard, a contract, a hint, or"
          + " Millrace itself. Their bytes are read in the landing archive, or where the object is"
          + " gone in _millrace_bad_events, if they are whole there. Each is loaded once, under the"
          + " id that it would have had. One that is bad again is recorded again.",
      "",
      "The bad events of a batch stay where they are. That they were loaded again, say the rows of"
          + " _millrace_batches with bucket bad_events and object <load id>/<reason>.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace replay bad --reason too_large",
      "  millrace replay bad --reason contract_frozen,contract_discarded --since 2026-11-01",
      "  millrace replay bad --load-id 1795451447.201694004711",
      "",
      "Exit codes: 0 they are loaded, or bad again; 1 some could not be tried, or there are none; 2",
      "the arguments or settings can't be used; 130 interrupted."
    },
    mixinStandardHelpOptions = true)
public final class ReplayBadCommand implements Callable<Integer> {
  @Mixin private final PipelineOptions pipelineOptions = new PipelineOptions();

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      split = ",",
      description =
          "Why they are bad: malformed, invalid_utf8, not_an_object, too_deep, too_large,"
              + " null_in_required, cannot_coerce, contract_frozen or contract_discarded. Default:"
              + " all of these")
  private Set<String> reasons = Set.of();

  @Option(
      names = "--load-id",
      paramLabel = "ID",
      split = ",",
      description = "Of the load with this id; may be given several times. Default: all")
  private Set<String> loadIds = Set.of();

  @Mixin private final TimeRange times = new TimeRange();
  @Mixin private final LoadOptions loads = new LoadOptions();

  @Option(names = "--json", description = "Print one JSON object")
  private boolean json;

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws IOException {
    BadSelection selection =
        new BadSelection(checked(reasons), times.since(), times.until(), loadIds);
    ReplayPlan plan = ReplayPlan.ofAll(loads.parallel());
    try (OpenPipeline pipeline = pipelineOptions.open().toLoad()) {
      BadEvents events =
          BadEvents.find(
              pipeline.ports(),
              pipeline.settings(),
              pipeline.dataset(),
              new PipelineLandings(pipeline),
              Clock.systemUTC(),
              selection);
      if (events.events() == 0) {
        throw Failure.failed(
            "%s has no such bad events; `millrace inspect bad` lists what there is"
                .formatted(pipeline.label()));
      }
      ReplayReport report =
          new ReplayRun(pipeline, loads.quota(pipeline), progress).of(events, plan);
      int exitCode = ReplayAnswer.print(command, report, pipeline.label(), json);
      if (!json) {
        tellBadAgain(report.events().bad());
      }
      return exitCode;
    }
  }

  private void tellBadAgain(long bad) {
    if (bad > 0) {
      PrintWriter out = command.commandLine().getOut();
      out.print(
          "\n%s bad again; `millrace inspect bad` shows why\n"
              .formatted(bad == 1 ? "1 event is" : Counted.number(bad) + " events are"));
      out.flush();
    }
  }

  private static Set<String> checked(Set<String> asked) {
    List<String> known = ReplayableReasons.codes();
    Set<String> others = new TreeSet<>(asked);
    known.forEach(others::remove);
    if (!others.isEmpty()) {
      throw Failure.usage(
          "bad events of the reason %s can't be loaded again; those that can be are %s"
              .formatted(String.join(", ", others), String.join(", ", known)));
    }
    return asked.isEmpty() ? Set.copyOf(known) : asked;
  }
}
