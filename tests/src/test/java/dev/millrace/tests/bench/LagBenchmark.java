package dev.millrace.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.tests.dataset.Dataset;
import dev.millrace.tests.process.LocalPipeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishes a file of events to {@code millrace local} by our own publisher, as fast as it goes,
 * and measures when they are in the tables. {@code scripts/bench lag} runs it; it is no test.
 */
class LagBenchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @Test
  void publishToCommit() throws Exception {
    Path file = Path.of(System.getProperty("lag.file"));
    long window = Long.getLong("lag.window");
    long events;
    try (Stream<String> lines = Files.lines(file)) {
      events = lines.count();
    }
    try (LocalPipeline pipeline = LocalPipeline.in(folder, "--window", window + "s").start()) {
      Instant first = Instant.now();
      publish(file, pipeline, events);
      Instant last = Instant.now();
      pipeline.dataset().awaitEventsRead(events, PATIENCE);
      print(pipeline, events, Duration.between(first, last), last, window);
    }
  }

  private static void publish(Path file, LocalPipeline pipeline, long events) throws Exception {
    PubSubTransport transport =
        PubSubTransport.builder(LocalPipeline.PROJECT, LocalPipeline.TOPIC)
            .endpoint(pipeline.address())
            .build();
    Publisher publisher =
        Publisher.builder(transport).maxQueuedEvents(Math.toIntExact(events)).build();
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(
          line ->
              assertThat(publisher.publishRaw(line.getBytes(StandardCharsets.UTF_8)).isAccepted())
                  .isTrue());
    }
    DeliveryReport report = publisher.close(PATIENCE);
    assertThat(report.delivered()).isEqualTo(events);
  }

  private static void print(
      LocalPipeline pipeline, long events, Duration publishing, Instant last, long window)
      throws Exception {
    Dataset dataset = pipeline.dataset();
    List<List<Object>> batches =
        dataset.rows(
            """
            select max(committed_at), count(*), max(events_read), sum(bytes),
                   max(extract(epoch from committed_at - started_at))
            from _millrace_batches
            """);
    Instant committed = ((OffsetDateTime) batches.get(0).get(0)).toInstant();
    double lag = Duration.between(last, committed).toMillis() / 1e3;
    System.out.printf(
        """
        %,d events of our own publisher to millrace local, windows of %d s
        published in            %.2f s (%,.0f events a second)
        batches                 %s, the largest with %,d events
        slowest batch, read to commit %.2f s
        last publish to commit  %.2f s = window + %.2f s
        peak memory             %s
        """,
        events,
        window,
        publishing.toMillis() / 1e3,
        events * 1e3 / publishing.toMillis(),
        batches.get(0).get(1),
        batches.get(0).get(2),
        batches.get(0).get(4),
        lag,
        lag - window,
        peakMemory(pipeline.pid()));
  }

  private static String peakMemory(long pid) throws Exception {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.exists(status)) {
      return "not known on this system";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
        .findFirst()
        .orElse("not known on this system");
  }
}
