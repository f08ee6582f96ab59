package dev.millrace.cli.local;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.show.Counted;
import dev.millrace.embedded.pubsub.BatchFormat;
import dev.millrace.embedded.pubsub.BatchLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace local}: the whole system on this machine, until ctrl-C. */
@Command(
    name = "local",
    description = {
      "Runs the whole system on this machine until ctrl-C: a Pub/Sub endpoint that Google's client"
          + " libraries of any language can publish to, the function that loads the batches, and a"
          + " DuckDB file with the tables. Other machines can't reach any of it.",
      "",
      "A publish is acknowledged once it would survive a crash. What is not loaded when the"
          + " command ends is loaded when it is started again on the same folder.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace local",
      "  millrace local --folder /tmp/events --window 2s --port 0",
      "  millrace local --collector-port 8086",
      "  PUBSUB_EMULATOR_HOST=127.0.0.1:8085 millrace simulate --events 1000",
      "",
      "Exit codes: 130 ended by ctrl-C; 1 it could not start, for example because a port or the",
      "folder is in use; 2 the arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
public final class LocalCommand implements Callable<Integer> {
  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "millrace-local",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}")
  private Path folder;

  @Option(
      names = "--port",
      defaultValue = "8085",
      description = "Port of the Pub/Sub endpoint, 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--function-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the function, 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int functionPort;

  @Option(
      names = "--project",
      defaultValue = LocalOptions.DEFAULT_PROJECT,
      description = "Project of the topic. Default: ${DEFAULT-VALUE}")
  private String project;

  @Option(
      names = "--topic",
      defaultValue = LocalOptions.DEFAULT_TOPIC,
      description = "The topic. Default: ${DEFAULT-VALUE}")
  private String topic;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "10s",
      description =
          "A batch ends so long after it began: 1s to 10m, such as 30s. Default: ${DEFAULT-VALUE}")
  private Duration window;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "104857600",
      description = "A batch ends at this size. Default: ${DEFAULT-VALUE} (100 MiB)")
  private long maxBytes;

  @Option(
      names = "--max-messages",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "A batch ends at so many messages, 1000 or more. Default: ${DEFAULT-VALUE}")
  private long maxMessages;

  @Option(
      names = "--format",
      defaultValue = "avro",
      description = "Batches as ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "A millrace.yaml; its ports are replaced. Default: none")
  private Path settingsFile;

  @Option(
      names = "--collector-port",
      paramLabel = "PORT",
      description =
          "Starts the HTTP collector, which Segment's libraries can send to, on this port; 0 for any"
              + " free one. Default: no collector")
  private Integer collectorPort;

  @Option(
      names = "--write-keys",
      paramLabel = "FILE",
      description =
          "A JSON object of the collector's write keys and the names of their sources, read again"
              + " every minute. Default: the key \"local\"")
  private Path writeKeys;

  @Option(
      names = "--suppressed-users",
      paramLabel = "FILE",
      description =
          "User ids, one a line, whose events the collector drops and counts; read again every"
              + " minute. Default: none")
  private Path suppressedUsers;

  @Spec private CommandSpec command;

  /** What a batch holds of its messages. */
  enum Format {
    avro(BatchFormat.AVRO_WITH_METADATA),
    text(BatchFormat.TEXT);

    private final BatchFormat batches;

    Format(BatchFormat batches) {
      this.batches = batches;
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    LocalOptions options = options();
    LoadNews news = new LoadNews(out());
    LocalPipeline pipeline = LocalPipeline.start(options, news);
    news.readFrom(pipeline.dataset());
    LocalCollector collector = collector(pipeline, options, news);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(pipeline, collector, news), "end"));
    welcome(pipeline, collector, options);
    ended.await();
    return 0;
  }

  /** The collector, or null where none is asked for. */
  private LocalCollector collector(LocalPipeline pipeline, LocalOptions options, LoadNews news) {
    if (collectorPort == null) {
      return null;
    }
    try {
      return LocalCollector.start(
          pipeline, options, new CollectorOptions(collectorPort, writeKeys, suppressedUsers));
    } catch (Failure e) {
      pipeline.close();
      news.close();
      throw e;
    }
  }

  private LocalOptions options() {
    try {
      BatchLimits limits = new BatchLimits(window, maxBytes, maxMessages);
      return new LocalOptions(
          folder, project, topic, port, functionPort, limits, format.batches, settingsFile);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(e.getMessage(), e);
    }
  }

  private void welcome(LocalPipeline pipeline, LocalCollector collector, LocalOptions options) {
    out()
        .printf(
            """
        Millrace is running; ctrl-C ends it.

          publish to  export PUBSUB_EMULATOR_HOST=%s
          topic       %s
          collector   %s
          batches     end after %s, %s or %s
          tables      %s, schema %s

        Try it in another terminal: scripts/millrace simulate --endpoint %s --events 1000%s

        """,
            pipeline.address(),
            pipeline.topicPath(),
            words(collector),
            Counted.time(options.limits().maxDuration()),
            Counted.bytes(options.limits().maxBytes()),
            Counted.of(options.limits().maxMessages(), "message"),
            pipeline.dataset().file(),
            pipeline.dataset().name(),
            pipeline.address(),
            flags(options));
    out().flush();
  }

  private String words(LocalCollector collector) {
    if (collector == null) {
      return "none; --collector-port 8086 starts one for Segment's libraries";
    }
    return "%s, write key %s; refused events in %s"
        .formatted(
            collector.address(),
            writeKeys == null ? LocalCollector.KEY : "as in " + writeKeys,
            collector.refused());
  }

  private static String flags(LocalOptions options) {
    String named =
        options.project().equals(LocalOptions.DEFAULT_PROJECT)
            ? ""
            : " --project " + options.project();
    return options.topic().equals(LocalOptions.DEFAULT_TOPIC)
        ? named
        : named + " --topic " + options.topic();
  }

  private void end(LocalPipeline pipeline, LocalCollector collector, LoadNews news) {
    out().println("\nEnding: loading what was published.");
    out().flush();
    if (collector != null) {
      collector.close();
      out().println("Collector: " + collector.tally());
    }
    pipeline.close();
    news.close();
    out().println("Ended.");
    out().flush();
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
