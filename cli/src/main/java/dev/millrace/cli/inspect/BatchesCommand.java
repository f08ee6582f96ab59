package dev.millrace.cli.inspect;

import dev.millrace.cli.console.PointInTime;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace inspect batches}. */
@Command(
    name = "batches",
    description = {
      "Lists batches, newest first: state, events, and how long it took from the object's creation"
          + " until all of its rows were in.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace inspect batches",
      "  millrace inspect batches --state failed --since 7d",
      "  millrace inspect batches --since 2026-11-26 --limit 1000 --json",
      "",
      "Exit codes: 0 done; 1 the dataset can't be asked; 2 the arguments or settings",
      "can't be used."
    },
    mixinStandardHelpOptions = true)
final class BatchesCommand implements Callable<Integer> {
  /** What became of a batch, as the tables spell it in small letters. */
  private enum State {
    LOADED,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private InspectOptions options;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those that are in this state: ${COMPLETION-CANDIDATES}")
  private State state;

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
      defaultValue = "20",
      description = "How many to list at most. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Override
  public Integer call() throws IOException {
    int most = Limit.checked(limit);
    return options.with(
        (dataset, pipeline) -> {
          Batches batches = new Batches(dataset);
          String wanted = state == null ? null : state.toString();
          options.print(
              new BatchList(
                  dataset.label(),
                  Chosen.words("in state", state, since),
                  batches.sums(wanted, since),
                  batches.latest(wanted, since, most)));
          return 0;
        });
  }
}
