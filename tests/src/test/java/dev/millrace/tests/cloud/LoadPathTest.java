package dev.millrace.tests.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.process.Eventually;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a load takes of the function's process, as a container of 512 MiB and one core would run it.
 * {@code -Dfaults.mib=1024} is the full size.
 */
class LoadPathTest {
  private static final long MIB = Long.getLong("faults.mib", 24);
  private static final long LIMIT_KIB = 512 << 10;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /**
   * Each with a child table, so that as many uploads are open as may be. Few large ones would take
   * hours besides: fake-gcs-server hashes all of one again at each chunk.
   */
  private static final int TABLES = 16;

  private static final String[] CONTAINER = {"-XX:MaxRAM=512m", "-XX:ActiveProcessorCount=1"};

  @TempDir private static Path folder;
  private static Cloud cloud;
  private static FunctionImage image;

  @BeforeAll
  static void start() throws Exception {
    cloud = Cloud.start();
    image = FunctionImage.build(folder);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void aLargeBatch_isLoadedInTheMemoryOfItsContainer() throws Exception {
    Path file = folder.resolve("large.avro");
    long events = write(file, MIB << 20);
    BatchRef batch = cloud.land("large", file);
    Deployment deployment = cloud.deploy();
    try (FunctionProcess instance = deployment.launch(image, folder, CONTAINER).awaitReady()) {
      long start = System.nanoTime();
      load(instance, batch);
      double seconds = (System.nanoTime() - start) / 1e9;

      System.out.printf(
          Locale.ROOT,
          "a batch of %,d MiB: %,d events in %.1f s, %,.0f events a second; peak memory %,d MiB%n",
          MIB,
          events,
          seconds,
          events / seconds,
          instance.peakRssKib() >> 10);
      System.out.println(outcome(instance));
      assertThat(instance.peakRssKib()).isLessThan(LIMIT_KIB);
    }
    assertThat(deployment.query("SELECT events_read, events_loaded FROM `%1$s._millrace_batches`"))
        .containsExactly(List.of("" + events, "" + events));
    for (int table = 0; table < TABLES; table++) {
      assertThat(
              deployment.query(
                  "SELECT COUNT(DISTINCT message_id) FROM `%1$s.page_" + table + "_viewed`"))
          .containsExactly(List.of("" + (events + TABLES - 1 - table) / TABLES));
    }
  }

  @Test
  void aSmallBatch_takesLittleOfTheFunctionsOwnTime() throws Exception {
    BatchScript script = BatchScript.of(71, 12, 30, 0, 0);
    Deployment deployment = cloud.deploy();
    try (FunctionProcess instance = deployment.launch(image, folder, CONTAINER).awaitReady()) {
      for (int i = 0; i < script.batches(); i++) {
        load(instance, cloud.land(script.batch(i).name(), script.batch(i).avro()));
      }

      System.out.println("the last of 12 small batches: " + outcome(instance));
    }
    assertThat(deployment.tables().rows("_dlt_loads")).hasSize(script.batches());
  }

  private static void load(FunctionProcess instance, BatchRef batch) throws Exception {
    try (ImpatientSubscription subscription =
        new ImpatientSubscription(() -> OptionalInt.of(instance.port()), 1)) {
      subscription.publish(batch);
      Eventually.until(
          batch + " is loaded",
          PATIENCE,
          () -> {
            if (!instance.isAlive()) {
              throw new AssertionError("the function ended:\n" + instance.log());
            }
            return subscription.unacknowledged() == 0;
          });
    }
  }

  /** The last line that the function logged of a batch. */
  private static String outcome(FunctionProcess instance) {
    Matcher line = Pattern.compile("(?m)^.*outcome.*$").matcher(instance.log());
    String last = "(no outcome logged)";
    while (line.find()) {
      last = line.group();
    }
    return last;
  }

  /** Returns how many events. */
  private static long write(Path file, long bytes) throws Exception {
    long events = 0;
    long written = 0;
    String filler = "abcdefghij".repeat(60);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        AvroObject object = new AvroObject(out, "large")) {
      while (written < bytes) {
        byte[] event =
            """
            {"event":"Page %d Viewed","messageId":"large-%d","timestamp":"2026-11-20T10:00:00.000Z",\
            "userId":"u%d","properties":{"path":"/page/%d","millis":%d,"text":"%s",\
            "tags":[{"name":"a","weight":%d}]}}"""
                .formatted(
                    events % TABLES, events, events % 1_000, events % 50, events, filler, events)
                .getBytes(UTF_8);
        object.add(event);
        written += event.length;
        events++;
      }
    }
    return events;
  }
}
