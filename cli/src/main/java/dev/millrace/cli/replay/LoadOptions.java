package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.loader.replay.LoadLimits;
import dev.millrace.loader.replay.LoadQuota;
import java.io.IOException;
import java.time.Clock;
import picocli.CommandLine.Option;

/** How many batches are loaded at once, and how many in a day. */
public final class LoadOptions {
  private static final int MAX_PARALLEL = 32;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = "Batches that are loaded at once, 1 to 32. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Option(
      names = "--max-loads-per-day",
      paramLabel = "N",
      description =
          "Waits where the dataset has had so many load jobs in 24 hours. BigQuery allows a project"
              + " 100,000. Default: 50000; DuckDB has no limit")
  private Long jobsADay;

  @Option(
      names = "--max-loads-per-table",
      paramLabel = "N",
      description =
          "The same for the load jobs of any one table. BigQuery allows 30,000. Default: 15000")
  private Long jobsOfATableADay;

  /** Within its bounds. */
  public int parallel() {
    if (parallel < 1 || parallel > MAX_PARALLEL) {
      throw Failure.usage("--parallel is %d; it can be 1 to %d".formatted(parallel, MAX_PARALLEL));
    }
    return parallel;
  }

  /** Counts what the dataset has had in the last day. */
  public LoadQuota quota(OpenPipeline pipeline) throws IOException {
    boolean isBigQuery = pipeline.ports().warehouse().dltDestination().equals("bigquery");
    LoadLimits base = isBigQuery ? LoadLimits.BIGQUERY : LoadLimits.NONE;
    LoadQuota quota =
        new LoadQuota(
            base.withDaily(
                daily("--max-loads-per-day", jobsADay, base.jobsADay()),
                daily("--max-loads-per-table", jobsOfATableADay, base.jobsOfATableADay())),
            Clock.systemUTC(),
            time -> Thread.sleep(time.toMillis() + 1));
    quota.count(pipeline.dataset());
    return quota;
  }

  private static long daily(String option, Long given, long otherwise) {
    if (given != null && given < 1) {
      throw Failure.usage("%s is %d; it must be at least 1".formatted(option, given));
    }
    return given == null ? otherwise : given;
  }
}
