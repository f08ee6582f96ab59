package dev.millrace.cli.demo;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.local.LocalOptions;
import dev.millrace.cli.local.LocalPipeline;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.cli.simulate.Outlet;
import dev.millrace.cli.simulate.TopicOutlet;
import dev.millrace.embedded.pubsub.BatchFormat;
import dev.millrace.embedded.pubsub.BatchLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace demo}: events from a publishing app to the answers of SQL queries. */
@Command(
    name = "demo",
    description = {
      "Shows the whole flow on this machine, in seconds: starts a pipeline, publishes 10,000"
          + " simulated events by Google's Pub/Sub client, and shows what is in the database then:"
          + " tables, what changed and when, what was bad, and the answers to three questions.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace demo",
      "  millrace demo --folder /tmp/demo",
      "",
      "Exit codes: 0 every published event is accounted for; 1 some event is not, or something",
      "failed; 2 the arguments can't be used."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 2026;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final DateTimeFormatter FOLDER_NAME =
      DateTimeFormatter.ofPattern("'demo'/yyyyMMdd-HHmmss-SSS");

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Where everything is kept. Default: a fresh one under the build folder")
  private Path folder;

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws InterruptedException {
    long startNanos = System.nanoTime();
    LoadWatch watch = new LoadWatch();
    Set<String> published = new HashSet<>();
    LocalDataset dataset;
    try (LocalPipeline pipeline = LocalPipeline.start(options(), watch)) {
      dataset = pipeline.dataset();
      out()
          .printf(
              "A pipeline runs in %s: topic %s, batches, the function, DuckDB.%n%n",
              dataset.file().getParent(), pipeline.topicPath());
      publish(pipeline, watch, published);
    }
    progress.done();
    DemoReport report =
        dataset.read(connection -> DemoReport.read(connection, dataset.name() + "_unique"));
    out().print(report.text());
    out().printf("%n%s%n", report.reconciliation(Waves.PAYLOADS));
    checkThatAllAreThere(report, published);
    out()
        .printf(
            "Every published event is accounted for, %s after the start.%n",
            Counted.time(Duration.ofNanos(System.nanoTime() - startNanos)));
    whatNext(dataset);
    return 0;
  }

  private void publish(LocalPipeline pipeline, LoadWatch watch, Set<String> published)
      throws InterruptedException {
    long through = 0;
    List<Wave> waves = new Waves(SEED, START).all();
    for (int i = 0; i < waves.size(); i++) {
      Wave wave = waves.get(i);
      String name = "wave %d of %d".formatted(i + 1, waves.size());
      long startNanos = System.nanoTime();
      send(pipeline, wave, name);
      wave.events().forEach(event -> published.add((String) event.get("messageId")));
      through += wave.payloads();
      progress.at(name + ": published; waiting for the load");
      watch.await(through, PATIENCE);
      progress.done();
      out()
          .printf(
              "  %s: %s published and loaded in %s; %s%n",
              name,
              Counted.of(wave.payloads(), "event"),
              Counted.time(Duration.ofNanos(System.nanoTime() - startNanos)),
              wave.news());
      out().flush();
    }
  }

  private void send(LocalPipeline pipeline, Wave wave, String name) throws InterruptedException {
    Outlet outlet =
        TopicOutlet.open(
            pipeline.address(), LocalOptions.DEFAULT_PROJECT, LocalOptions.DEFAULT_TOPIC);
    for (Map<String, Object> event : wave.events()) {
      outlet.send(event);
      progress.at(
          "%s: %s acknowledged".formatted(name, Counted.of(outlet.acknowledged(), "event")));
    }
    for (byte[] payload : wave.malformed()) {
      outlet.sendRaw(payload);
    }
    Outlet.Result result = outlet.finish(PATIENCE);
    if (result.failed() > 0) {
      throw Failure.failed(
          "%s not acknowledged: %s"
              .formatted(Counted.of(result.failed(), "event"), result.reason()));
    }
  }

  private static void checkThatAllAreThere(DemoReport report, Set<String> published) {
    if (report.account().read() != Waves.PAYLOADS || report.failed() > 0) {
      throw Failure.failed(
          "%s published, %s read, %s failed"
              .formatted(
                  Counted.of(Waves.PAYLOADS, "event"),
                  Counted.number(report.account().read()),
                  Counted.of(report.failed(), "batch")));
    }
    if (!report.messageIds().equals(published)) {
      Set<String> missing = new HashSet<>(published);
      missing.removeAll(report.messageIds());
      throw Failure.failed(
          "%s published and not in the tables; the tables have %s in all"
              .formatted(
                  Counted.of(missing.size(), "event"), Counted.number(report.messageIds().size())));
    }
  }

  private void whatNext(LocalDataset dataset) {
    out()
        .printf(
            """

        The database: %1$s
          with DuckDB's own program   duckdb %1$s "from %2$s_unique.order_completed limit 5"
          with Python                 duckdb.connect("%1$s").sql("from %2$s_unique.pages").show()
          every row as it came is in schema %2$s; %2$s_unique has one row per event

        What next:
          scripts/millrace load FILE     your own event files, into a DuckDB file
          scripts/millrace local         a pipeline that keeps running, for apps to publish to
          scripts/millrace --help        the other commands
        """,
            dataset.file(), dataset.name());
    out().flush();
  }

  private LocalOptions options() {
    return new LocalOptions(
        folder == null ? freshFolder() : folder,
        LocalOptions.DEFAULT_PROJECT,
        LocalOptions.DEFAULT_TOPIC,
        0,
        0,
        new BatchLimits(WINDOW, 100L << 20, Waves.PAYLOADS / Waves.WAVES),
        BatchFormat.AVRO_WITH_METADATA,
        null);
  }

  /** {@code millrace.build} is set by scripts/millrace. */
  private static Path freshFolder() {
    return Path.of(System.getProperty("millrace.build", "target"))
        .resolve(FOLDER_NAME.format(LocalDateTime.now()));
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
