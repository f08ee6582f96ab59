package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.FailedForGood;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.Faults.Moment;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the topic for schema changes is told. */
class SchemaChangesToldTest {
  private static final String EVENTS = LoaderTest.EVENTS;

  private static Set<String> ids(List<JsonNode> changes) {
    Set<String> ids = new HashSet<>();
    changes.forEach(change -> ids.add(change.get("change_id").asString()));
    return ids;
  }

  @Test
  void load_aNewColumn_isToldWithItsRow() {
    World world = new World();
    world.load(world.put("a", EVENTS));
    world.topics.schemaChanges.clear();
    BatchRef batch = world.put("b", "{\"event\": \"Page Viewed\", \"referrer\": \"/x\"}");
    world.load(batch);

    assertThat(world.topics.schemaChanges).hasSize(1);
    JsonNode told = world.topics.schemaChanges.get(0);
    assertThat(told.propertyNames())
        .containsExactlyInAnyOrder(
            "change_id",
            "kind",
            "dataset",
            "table",
            "column",
            "to_type",
            "load_id",
            "batch",
            "first_row_id",
            "recorded_at");
    assertThat(told.get("kind").asString()).isEqualTo("new-column");
    assertThat(told.get("dataset").asString()).isEqualTo("telemetry");
    assertThat(told.get("column").asString()).isEqualTo("referrer");
    assertThat(told.get("batch").asString()).isEqualTo(batch.toString());
  }

  @Test
  void load_nothingNew_tellsNothing() {
    World world = new World();
    world.load(world.put("a", EVENTS));
    world.topics.schemaChanges.clear();
    world.load(world.put("b", EVENTS));

    assertThat(world.topics.schemaChanges).isEmpty();
  }

  @Test
  void load_theTopicFails_isNotCommitted() {
    World world = new World();
    world.load(world.put("dry", EVENTS));
    int told = world.faults.calls().indexOf("schemaChanges.publish");
    World failing = new World();
    failing.faults.failAt(told, Moment.BEFORE, () -> new IOException("injected"));

    assertThat(failing.loader().load(failing.put("dry", EVENTS), Duration.ofMillis(1)))
        .isInstanceOf(TryAgain.class);
    assertThat(failing.warehouse.rows("_dlt_loads")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void load_processDiesAtAnyCall_everyChangeIsToldUnderItsId(Moment moment) {
    World calm = new World();
    calm.load(calm.put("a", EVENTS));
    for (int call = 0; call < calm.faults.calls().size(); call++) {
      World world = new World();
      world.faults.failAt(call, moment, () -> new Faults.Crash("dies"));
      BatchRef batch = world.put("a", EVENTS);
      try {
        world.load(batch);
      } catch (Faults.Crash e) {
        world.load(batch);
      }
      assertThat(ids(world.topics.schemaChanges))
          .as("call %d, %s", call, calm.faults.calls().get(call))
          .isEqualTo(ids(calm.topics.schemaChanges))
          .isEqualTo(ids(world.warehouse.rows("_millrace_schema_changes")));
    }
  }

  @Test
  void load_failsForGoodAfterItsChanges_tellsThem() {
    World world = new World();
    int sealing = dry().faults.calls().indexOf("staging.createIfAbsent");
    world.faults.failAt(sealing, Moment.BEFORE, () -> new Faults.Crash("dies"));
    BatchRef batch = world.put("a", EVENTS);
    try {
      world.load(batch);
    } catch (Faults.Crash e) {
      world.landing.remove(batch);
    }

    assertThat(world.load(batch)).isInstanceOf(FailedForGood.class);
    assertThat(ids(world.topics.schemaChanges))
        .isNotEmpty()
        .isEqualTo(ids(dry().topics.schemaChanges))
        .isEqualTo(ids(world.warehouse.rows("_millrace_schema_changes")));
  }

  private static World dry() {
    World world = new World();
    world.load(world.put("a", EVENTS));
    return world;
  }
}
