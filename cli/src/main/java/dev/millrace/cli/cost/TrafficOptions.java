package dev.millrace.cli.cost;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Option;

/** The options that say what is sent, how it is batched and how long it is kept. */
final class TrafficOptions {
  private static final long DEFAULT_BYTES = 1_024;
  private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(10);

  /** Pub/Sub's limits for a Cloud Storage subscription. */
  private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);

  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);

  /** Pub/Sub's largest message, which one event must fit into. */
  private static final long MOST_BYTES = 10_000_000;

  /** As many as a number of the command line may be. */
  private static final long MOST_USERS = 10_000_000_000_000L;

  /**
   * @param measured where the traffic was read; null if it was given
   */
  record Found(Workload workload, String measured) {}

  @Option(
      names = "--events",
      paramLabel = "N",
      converter = Amount.class,
      description =
          "Events a month, such as 250k, 10M or 2B. Default: what a pipeline's batches of the last"
              + " 30 days say")
  private Long events;

  @Option(
      names = "--users",
      paramLabel = "N",
      converter = Amount.class,
      description =
          "Users a month, for vendors that count them. Default: as few as a vendor lets so many"
              + " events come from")
  private Long users;

  @Option(
      names = "--bytes-per-event",
      paramLabel = "N",
      converter = Amount.class,
      description = "Bytes of JSON. Default: as the batches say, or 1024")
  private Long bytesPerEvent;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "How long a batch is filled, 1m to 10m. Default: 10m")
  private Duration window = DEFAULT_WINDOW;

  @Option(
      names = "--files-per-window",
      paramLabel = "N",
      description = "Batches a window. Default: as the batches say, or 1")
  private Double filesPerWindow;

  @Option(
      names = "--retention",
      paramLabel = "DAYS",
      defaultValue = "30",
      description =
          "Days that batches stay in the landing bucket, to replay from. Default: ${DEFAULT-VALUE}")
  private int landingDays;

  @Option(
      names = "--table-months",
      paramLabel = "N",
      defaultValue = "12",
      description = "Months that rows stay in the tables. Default: ${DEFAULT-VALUE}")
  private int tableMonths;

  @Option(
      names = "--packed",
      description = "Publishers pack many events into one message (docs/publisher.md)")
  private boolean packed;

  /**
   * The workload that the options describe; what they leave out of it is read from a pipeline's
   * batches if there is no {@code --events}.
   *
   * @throws Failure if an option is out of its range, or the pipeline has nothing to read
   */
  Found found(PipelineOptions pipeline, Instant now) throws IOException {
    check("--bytes-per-event", bytesPerEvent, 1, MOST_BYTES);
    check("--users", users, 1, MOST_USERS);
    check("--retention", (long) landingDays, 0, 36_500);
    check("--table-months", (long) tableMonths, 1, 1_200);
    if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw Failure.usage("--window must be from 1m to 10m: Pub/Sub fills a batch no longer");
    }
    if (filesPerWindow != null && !(filesPerWindow > 0 && filesPerWindow <= 10_000)) {
      throw Failure.usage("--files-per-window must be more than 0, and 10000 at most");
    }
    return events == null ? measured(pipeline, now) : given();
  }

  private Found given() {
    return new Found(workload(events, DEFAULT_BYTES, 1), null);
  }

  private Found measured(PipelineOptions pipeline, Instant now) throws IOException {
    try (OpenPipeline open = opened(pipeline)) {
      MeasuredTraffic traffic = MeasuredTraffic.of(open.dataset(), now);
      double windows = new Workload.Batching(window, 1).files();
      Workload workload =
          workload(traffic.events(), traffic.bytesPerEvent(), traffic.files() / windows);
      return new Found(workload, traffic.how());
    }
  }

  private static OpenPipeline opened(PipelineOptions pipeline) {
    try {
      return pipeline.openToLook();
    } catch (Failure failure) {
      throw Failure.usage(failure.getMessage() + "; or say how many events by --events", failure);
    }
  }

  /** What an option says comes before what was found. */
  private Workload workload(long number, long bytes, double files) {
    long each = bytesPerEvent == null ? bytes : bytesPerEvent;
    return new Workload(
        new Traffic(number, users == null ? 0 : users, each, packed),
        new Workload.Batching(window, filesPerWindow == null ? files : filesPerWindow),
        new Workload.Keeping(landingDays, tableMonths));
  }

  private static void check(String option, Long value, long least, long most) {
    if (value != null && (value < least || value > most)) {
      throw Failure.usage("%s must be from %d to %d".formatted(option, least, most));
    }
  }
}
