package dev.millrace.tests.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.loader.HurriedLoader;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadOutcome.FailedForGood;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.tests.process.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Objects that Pub/Sub would never write, and events that nobody should send. */
@Tag("once")
@Execution(ExecutionMode.CONCURRENT)
class HostileObjectsTest {
  private static final Duration BUDGET = Duration.ofSeconds(540);
  private static final int KIB = 1 << 10;

  /** Few large uploads would take hours: fake-gcs-server hashes all of one again at each chunk. */
  private static final int TABLES = 20;

  private static Cloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = Cloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void anEmptyObject_isALoadOfNoEvents() {
    Deployment deployment = cloud.deploy();

    LoadReport report = loaded(deployment, "empty", new byte[0]);

    assertThat(report.read()).isZero();
    assertThat(deployment.tables().rows("_dlt_loads")).hasSize(1);
  }

  @Test
  void aTruncatedAvroObject_loadsWhatCanBeRead_andKeepsTheRestAsOneBadEvent() {
    Deployment deployment = cloud.deploy();
    ScriptedBatch script = BatchScript.of(51, 1, 2_000, 0, 0).batch(0);
    byte[] whole = script.avro();

    LoadReport report = loaded(deployment, "truncated", Arrays.copyOf(whole, whole.length * 2 / 3));

    assertThat(report.loaded()).isBetween(500L, 1_999L);
    assertThat(report.badByReason()).isEqualTo(Map.of("truncated", 1L));
    assertThat(deployment.tables().rows("_millrace_bad_events")).hasSize(1);
  }

  @Test
  void avroOfAnotherSchema_failsForGood_andIsRecorded() throws IOException {
    Deployment deployment = cloud.deploy();
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Other", "fields": [{"name": "x", "type": "int"}]}""");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<Object> file = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      file.create(schema, out);
    }

    LoadOutcome outcome = load(deployment, "other-schema", out.toByteArray());

    assertThat(outcome).isInstanceOf(FailedForGood.class);
    assertThat(((FailedForGood) outcome).error()).isEqualTo(LoadError.OBJECT_WRONG_SCHEMA);
    assertThat(deployment.tables().rows("_millrace_batches"))
        .extracting(row -> row.get("state"), row -> row.get("code"))
        .containsExactly(tuple("failed", "object_wrong_schema"));
  }

  @Test
  void aGzipBomb_isReadUpToTheLimit_andTheRestIsOneBadEvent() throws IOException {
    Deployment deployment = cloud.deploy();
    String event = "{\"event\": \"Boom\", \"v\": 1}\n";
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(event.repeat(1_000).getBytes(UTF_8));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 256; i++) {
        gzip.write(zeros);
      }
    }
    BatchRef batch = cloud.land("bomb", packed.toByteArray());
    HurriedLoader.Time time = new HurriedLoader.Time();
    Loader loader =
        HurriedLoader.of(
            deployment.ports(cloud.gcs().url(), cloud.bigQueryUrl(), time),
            deployment.settings(),
            time,
            8L << 20);

    LoadOutcome outcome = loader.load(batch, BUDGET);

    assertThat(outcome).isInstanceOf(Loaded.class);
    LoadReport report = ((Loaded) outcome).report();
    assertThat(report.loaded()).isEqualTo(1_000);
    assertThat(report.badByReason()).containsKey("too_large_unpacked");
    assertThat(report.read()).isEqualTo(report.loaded() + report.duplicate() + report.bad());
  }

  @Test
  void manyTinyEvents_areAllThere() throws Exception {
    Deployment deployment = cloud.deploy();
    int count = Integer.getInteger("faults.tiny", 60_000);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      StringBuilder block = new StringBuilder();
      for (int i = 0; i < count; i++) {
        block.append("{\"event\":\"t%d\",\"n\":".formatted(i % TABLES)).append(i).append("}\n");
        if (block.length() > 1 << 16 || i == count - 1) {
          gzip.write(block.toString().getBytes(UTF_8));
          block.setLength(0);
        }
      }
    }
    long start = System.nanoTime();

    LoadReport report = loaded(deployment, "tiny", packed.toByteArray());

    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%,d tiny events in %.1f s: %,.0f a second%n", count, seconds, count / seconds);
    assertThat(report.loaded()).isEqualTo(count);
    for (int table = 0; table < TABLES; table++) {
      assertThat(deployment.query("SELECT COUNT(DISTINCT n) FROM `%1$s.t" + table + "`"))
          .containsExactly(List.of("" + (count + TABLES - 1 - table) / TABLES));
    }
  }

  @Test
  void oneEventOfNineHundredKib_isLoadedWhole() {
    Deployment deployment = cloud.deploy();
    String text = "ä".repeat(450 * KIB);
    String event = Json.of(Map.of("event", "Large", "messageId", "large", "text", text));

    LoadReport report = loaded(deployment, "large", AvroObject.of("l", List.of(event)));

    assertThat(report.loaded()).isEqualTo(1);
    assertThat(deployment.tables().rows("large"))
        .singleElement()
        .satisfies(row -> assertThat(row.get("text")).isEqualTo(text));
  }

  @Test
  void hostileJson_endsInRowsOrBadEvents_nothingElse() throws Exception {
    Deployment deployment = cloud.deploy();
    Map<BatchRef, LoadOutcome> outcomes = Collections.synchronizedMap(new java.util.HashMap<>());
    List<Path> files;
    try (Stream<Path> listed = Files.list(Tool.file("src/test/resources/hostile"))) {
      files = listed.sorted().toList();
    }
    ExecutorService instances = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> loads = new ArrayList<>();
      List<Loader> loaders = IntStream.range(0, 4).mapToObj(i -> deployment.loader()).toList();
      int number = 0;
      for (Path file : files) {
        byte[] content = Files.readAllBytes(file);
        for (byte[] object : List.of(content, asMessages(content))) {
          BatchRef batch = cloud.land("hostile/" + file.getFileName() + number, object);
          Loader loader = loaders.get(number++ % 4);
          loads.add(instances.submit(() -> outcomes.put(batch, loader.load(batch, BUDGET))));
        }
      }
      for (Future<?> load : loads) {
        load.get();
      }
    } finally {
      instances.shutdownNow();
    }

    assertThat(outcomes).hasSize(2 * files.size());
    outcomes.forEach(
        (batch, outcome) -> {
          assertThat(outcome).as("%s", batch).isInstanceOf(Loaded.class);
          LoadReport report = ((Loaded) outcome).report();
          assertThat(report.read())
              .as("%s", batch)
              .isPositive()
              .isEqualTo(report.loaded() + report.duplicate() + report.bad());
        });
    new Promises(deployment.tables(), Map.of()).assertNamesDifferInMoreThanCase();
    assertThat(deployment.tables().rows("_dlt_loads")).hasSize(outcomes.size());
  }

  /** Each line as one message. */
  private static byte[] asMessages(byte[] lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AvroObject object = new AvroObject(out, "hostile")) {
      int start = 0;
      for (int at = 0; at <= lines.length; at++) {
        if (at == lines.length || lines[at] == '\n') {
          if (at > start) {
            object.add(Arrays.copyOfRange(lines, start, at));
          }
          start = at + 1;
        }
      }
    }
    return out.toByteArray();
  }

  private static LoadReport loaded(Deployment deployment, String name, byte[] content) {
    LoadOutcome outcome = load(deployment, name, content);
    assertThat(outcome).isInstanceOf(Loaded.class);
    LoadReport report = ((Loaded) outcome).report();
    assertThat(report.read()).isEqualTo(report.loaded() + report.duplicate() + report.bad());
    return report;
  }

  private static LoadOutcome load(Deployment deployment, String name, byte[] content) {
    return deployment.loader().load(cloud.land(name, content), BUDGET);
  }
}
