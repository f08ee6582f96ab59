package dev.millrace.cli.simulate;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.local.LocalOptions;
import dev.millrace.cli.show.Counted;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace simulate}: dummy telemetry into a topic. */
@Command(
    name = "simulate",
    description = {
      "Publishes dummy telemetry to a Pub/Sub topic: what data pipelines say about their runs"
          + " (with context), orders with lists of products, page views, and identify calls.",
      "",
      "The same seed gives the same events, byte for byte, message ids and timestamps included.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace simulate --endpoint 127.0.0.1:8085 --events 10000",
      "  PUBSUB_EMULATOR_HOST=127.0.0.1:8085 millrace simulate --rate 50 --seed 7",
      "  millrace simulate --project my-project --topic events --events 100   (Google's Pub/Sub)",
      "  millrace simulate --print --events 1000 > events.jsonl",
      "",
      "Exit codes: 0 every event was acknowledged; 1 some were not; 2 the arguments can't be used."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many. Default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Events a second; 0 for as fast as can be. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Which events. Default: drawn, and shown")
  private Long seed;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      defaultValue = "2026-01-01T00:00:00Z",
      description = "Timestamp of the first event. Default: ${DEFAULT-VALUE}")
  private Instant start;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description =
          "Project of the topic. Default: "
              + LocalOptions.DEFAULT_PROJECT
              + ", where an endpoint is named")
  private String project;

  @Option(
      names = "--topic",
      paramLabel = "ID",
      defaultValue = LocalOptions.DEFAULT_TOPIC,
      description = "The topic. Default: ${DEFAULT-VALUE}")
  private String topic;

  @Option(
      names = "--endpoint",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:PUBSUB_EMULATOR_HOST}",
      description =
          "A Pub/Sub without credentials: millrace local, or the emulator."
              + " Default: PUBSUB_EMULATOR_HOST, and without that Google's Pub/Sub")
  private String endpoint;

  @Option(names = "--print", description = "Print the events as JSON lines; publish nothing")
  private boolean print;

  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws InterruptedException {
    check();
    long drawn = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
    Outlet outlet = outlet();
    EventSource source = new EventSource(drawn, start);
    long startNanos = System.nanoTime();
    Pace pace = new Pace(rate, startNanos);
    for (long n = 0; n < events; n++) {
      if (outlet.acknowledged() == 0 && outlet.trouble().isPresent()) {
        // Nobody is there: the others would fail one by one.
        break;
      }
      pace.await(n);
      outlet.send(source.next());
      progress.at(
          "%s sent, %s acknowledged"
              .formatted(Counted.of(n + 1, "event"), Counted.number(outlet.acknowledged())));
    }
    progress.at("waiting for the last acknowledgements");
    Outlet.Result result = outlet.finish(PATIENCE);
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    progress.note(
        "%s acknowledged in %s (%s a second), seed %d"
            .formatted(
                Counted.of(result.acknowledged(), "event"),
                Counted.time(took),
                Counted.perSecond(result.acknowledged(), took),
                drawn));
    long missing = events - result.acknowledged();
    if (missing > 0) {
      throw Failure.failed(
          "%s not acknowledged: %s".formatted(Counted.of(missing, "event"), result.reason()));
    }
    return 0;
  }

  private void check() {
    if (events < 0) {
      throw Failure.usage("--events can't be negative: " + events);
    }
    if (!(rate >= 0 && rate <= 1e9)) {
      throw Failure.usage("--rate must be 0 or more events a second: " + rate);
    }
    if (!print && !hasEndpoint() && project == null) {
      throw Failure.usage(
          "say where to publish: --endpoint 127.0.0.1:8085 for a running millrace local, or"
              + " --project for Google's Pub/Sub");
    }
  }

  private boolean hasEndpoint() {
    return endpoint != null && !endpoint.isBlank();
  }

  private Outlet outlet() {
    if (print) {
      return new LinesOutlet(
          new PrintStream(
              new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)));
    }
    return TopicOutlet.open(
        hasEndpoint() ? endpoint.strip() : null,
        project == null ? LocalOptions.DEFAULT_PROJECT : project,
        topic);
  }
}
