package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.FailedForGood;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.Faults.Moment;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.read.AvroObjects;
import dev.millrace.loader.system.DltRows;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ExactlyOnceTest {
  private static final String EVENTS = LoaderTest.EVENTS;
  private static final String CLASHING =
      """
      {"event": "Order Completed", "messageId": "9", "total": true, "coupon": 7, "extra": 1}
      {"event": "Order Completed Products", "messageId": "10"}
      """;

  /** What a load leaves behind that nothing disturbs. */
  private static final World CALM = calm();

  private static World calm() {
    World world = new World();
    world.load(world.put("a", EVENTS));
    return world;
  }

  static Stream<Integer> everyCall() {
    return Stream.iterate(0, n -> n + 1).limit(CALM.faults.calls().size());
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void load_anyCallFailsOnce_isLoadedByTheSameCall(Moment moment) {
    everyCall()
        .forEach(
            call -> {
              World world = new World();
              world.faults.failAt(call, moment, () -> new IOException("injected"));
              LoadOutcome outcome = world.load(world.put("a", EVENTS));

              assertThat(outcome)
                  .as(CALM.faults.calls().get(call))
                  .isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
              assertThat(world.rows())
                  .as("call %d, %s", call, CALM.faults.calls().get(call))
                  .isEqualTo(CALM.rows());
            });
  }

  static List<byte[]> packedObjects() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(EVENTS.getBytes(StandardCharsets.UTF_8));
    }
    byte[] avro =
        AvroObjects.withMetadata(CodecFactory.deflateCodec(6), 2, 1, EVENTS.lines().toList());
    return List.of(gzip.toByteArray(), avro);
  }

  @ParameterizedTest
  @MethodSource("packedObjects")
  void load_storeFailsWhileAPackedObjectIsRead_isNotTakenForDamage(byte[] object) {
    World calm = new World();
    calm.load(calm.put("a", object));
    List<String> calls = calm.faults.calls();
    for (int call = 0; call < calls.size(); call++) {
      World world = new World();
      world.faults.failAt(call, Moment.BEFORE, () -> new IOException("injected"));
      world.load(world.put("a", object));

      assertThat(world.rows()).as("call %d, %s", call, calls.get(call)).isEqualTo(calm.rows());
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void load_anyCallFailsAndTimeIsOver_isLoadedByTheNextDelivery(Moment moment) {
    everyCall()
        .forEach(
            call -> {
              World world = new World();
              world.faults.failAt(call, moment, () -> new IOException("injected"));
              BatchRef batch = world.put("a", EVENTS);
              assertThat(world.loader().load(batch, Duration.ofMillis(1)))
                  .isInstanceOfAny(TryAgain.class, Loaded.class);

              assertThat(world.load(batch)).isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
              assertThat(world.rows()).as("call %d", call).isEqualTo(CALM.rows());
            });
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void load_processDiesAtAnyCall_isLoadedByTheNextDelivery(Moment moment) {
    everyCall()
        .forEach(
            call -> {
              World world = new World();
              world.faults.failAt(call, moment, () -> new Faults.Crash("call " + call));
              BatchRef batch = world.put("a", EVENTS);
              try {
                world.load(batch);
              } catch (Faults.Crash e) {
                assertThat(world.load(batch)).isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
              }
              assertThat(world.rows())
                  .as("call %d, %s", call, CALM.faults.calls().get(call))
                  .isEqualTo(CALM.rows());
            });
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void load_anotherLoaderLoadsTheSameBatchMeanwhile_isLoadedOnce(int call) {
    World world = new World();
    BatchRef batch = world.put("a", EVENTS);
    List<LoadOutcome> outcomes = new ArrayList<>();
    world.faults.interleaveAt(call, () -> outcomes.add(world.load(batch)));
    outcomes.add(world.load(batch));

    assertThat(outcomes).hasSize(2).hasAtLeastOneElementOfType(Loaded.class);
    assertThat(outcomes.stream().filter(AlreadyLoaded.class::isInstance)).hasSize(1);
    assertThat(world.rows()).isEqualTo(CALM.rows());
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void load_anotherBatchChangesTheSchemaMeanwhile_bothAreLoaded(int call) {
    World world = new World();
    BatchRef ours = world.put("a", EVENTS);
    BatchRef theirs = world.put("b", CLASHING);
    List<LoadOutcome> outcomes = new ArrayList<>();
    world.faults.interleaveAt(call, () -> outcomes.add(world.load(theirs)));
    outcomes.add(world.load(ours));

    assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Loaded.class);
    assertThat(world.warehouse.rows("order_completed")).hasSize(3);
    assertThat(world.warehouse.rows("_dlt_loads")).hasSize(2);
    assertNoVersionLacksWhatAnOlderOneHas(world);
    assertThat(world.staging.paths())
        .as("parts of attempts that lost are dropped")
        .filteredOn(path -> path.endsWith("schema.json"))
        .hasSize(2);
  }

  @RepeatedTest(10)
  void load_everyFifthCallFails_eachBatchIsLoadedOnce(RepetitionInfo repetition) {
    World calm = new World();
    World world = new World();
    long seed = repetition.getCurrentRepetition();
    world.faults.failByChance(new Random(seed), 0.2);
    for (int i = 0; i < 20; i++) {
      String name = "batch" + i;
      String content =
          "{\"event\": \"e\", \"field%d\": %s, \"items\": [{\"n\": %d}]}\n{bad"
              .formatted(i % 5, List.of("1", "\"x\"", "true", "{\"a\": 1}").get(i % 4), i);
      calm.load(calm.put(name, content));
      BatchRef batch = world.put(name, content);
      while (world.load(batch) instanceof TryAgain) {
        world.clock.advance(Duration.ofMinutes(10));
      }
    }

    assertThat(world.rows()).as("seed %d", seed).isEqualTo(calm.rows());
  }

  private static void assertNoVersionLacksWhatAnOlderOneHas(World world) {
    Set<String> columns = new HashSet<>();
    List<JsonNode> versions = new ArrayList<>(world.warehouse.rows("_dlt_version"));
    versions.sort(Comparator.comparing(row -> row.get("inserted_at").asString()));
    for (JsonNode version : versions) {
      Set<String> ofThis = new HashSet<>();
      Schema schema = Schema.parse(DltRows.document(version.get("schema").asString()));
      for (Table table : schema.tables().values()) {
        table.columns().keySet().forEach(column -> ofThis.add(table.name() + "." + column));
      }
      assertThat(ofThis).containsAll(columns);
      columns = ofThis;
    }
    assertThat(versions).extracting(row -> row.get("inserted_at")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void load_objectGoneAndAnyCallFails_isRecordedByTheNextDelivery(Moment moment) {
    World calm = new World();
    calm.load(gone(calm));
    for (int call = 0; call < calm.faults.calls().size(); call++) {
      World world = new World();
      world.faults.failAt(call, moment, () -> new IOException("injected"));
      BatchRef batch = gone(world);
      LoadOutcome first = world.load(batch);
      LoadOutcome second = first instanceof TryAgain ? world.load(batch) : first;

      assertThat(second).as(calm.faults.calls().get(call)).isInstanceOf(FailedForGood.class);
      assertThat(world.warehouse.rows("_millrace_batches")).isNotEmpty();
    }
  }

  private static BatchRef gone(World world) {
    BatchRef batch = world.put("a", EVENTS);
    world.landing.remove(batch);
    return batch;
  }

  @Test
  void load_manyThreadsAndClashingBatches_eachIsLoadedOnce() throws Exception {
    World world = new World();
    List<Callable<LoadOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String value = List.of("1", "\"x\"", "true", "1.5", "{\"a\": 1}").get(i % 5);
      BatchRef batch =
          world.put(
              "batch" + i,
              "{\"event\": \"e\", \"field%d\": %s, \"n\": %d}".formatted(i / 5, value, i));
      calls.add(() -> world.load(batch));
      calls.add(() -> world.load(batch));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<LoadOutcome> outcomes = new ArrayList<>();
      for (Future<LoadOutcome> future : threads.invokeAll(calls)) {
        outcomes.add(future.get());
      }
      assertThat(outcomes.stream().filter(Loaded.class::isInstance)).hasSize(20);
      assertThat(outcomes.stream().filter(AlreadyLoaded.class::isInstance)).hasSize(20);
    } finally {
      threads.shutdownNow();
    }
    assertThat(world.warehouse.rows("e")).hasSize(20);
    assertThat(world.warehouse.rows("_dlt_loads")).hasSize(20);
    assertNoVersionLacksWhatAnOlderOneHas(world);
    Map<String, List<String>> rows = world.rows();
    assertThat(rows.get("_millrace_schema_changes")).doesNotHaveDuplicates();
  }
}
