package dev.millrace.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.tests.dataset.Dataset;
import dev.millrace.tests.process.LocalPipeline;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
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
    Publisher publisher = Publisher.builder(transport).build();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] payload = line.getBytes(StandardCharsets.UTF_8);
        while (!publisher.publishRaw(payload).isAccepted()) {
          // The queue is full: this program may wait for it, unlike an app.
          publisher.flush(PATIENCE);
        }
      }
    }
    DeliveryReport report = publisher.close(PATIENCE);
    assertThat(report.delivered()).isEqualTo(events);
  }

  private static void print(
      LocalPipeline pipeline, long events, Duration publishing, Instant last, long window)
      throws Exception {
    List<List<Object>> batches =
        pipeline
            .dataset()
            .rows(
                """
                with batch as (
                  select *, make_timestamptz(generation) as finalised_at,
                         (select min(_millrace_received_at) from (%s) event
                          where event._dlt_load_id = load_id) as first_at
                  from _millrace_batches)
                select epoch_ms(max(committed_at)), count(*), max(events_read),
                       max(epoch(committed_at) - epoch(first_at)),
                       max(epoch(finalised_at) - epoch(first_at)),
                       max(epoch(started_at) - epoch(finalised_at)),
                       max(epoch(sealed_at) - epoch(started_at)),
                       max(epoch(committed_at) - epoch(sealed_at))
                from batch
                """
                    .formatted(roots(pipeline.dataset())));
    List<Object> row = batches.get(0);
    double slowest = ((Number) row.get(3)).doubleValue();
    System.out.printf(
        """
        %,d events of our own publisher to millrace local, windows of %d s
        published in             %.2f s (%,.0f events a second)
        batches                  %s, the largest with %,d events
        last publish to commit   %.2f s
        first publish of a batch to its commit, at most %.2f s = window + %.2f s, of which
          finalising             %.2f s
          notice and start       %.2f s
          read, normalise, seal  %.2f s
          load and commit        %.2f s
        peak memory              %s
        """,
        events,
        window,
        publishing.toMillis() / 1e3,
        events * 1e3 / publishing.toMillis(),
        row.get(1),
        row.get(2),
        (((Number) row.get(0)).longValue() - last.toEpochMilli()) / 1e3,
        slowest,
        slowest - window,
        ((Number) row.get(4)).doubleValue() - window,
        row.get(5),
        row.get(6),
        row.get(7),
        peakMemory(pipeline.pid()));
  }

  private static String roots(Dataset dataset) throws Exception {
    return dataset
        .rows(
            """
            select table_name from information_schema.columns
            where table_schema = 'telemetry' and column_name = '_dlt_load_id'
              and not starts_with(table_name, '_dlt')
            """)
        .stream()
        .map(table -> "select _millrace_received_at, _dlt_load_id from \"" + table.get(0) + '"')
        .collect(Collectors.joining(" union all "));
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
