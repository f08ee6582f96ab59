package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.HurriedLoader;
import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Ports;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.tests.emulator.BigQueryEmulator;
import dev.millrace.tests.emulator.FakeGcs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The second witness: the public BigQuery emulator takes our statements and our parts, and its SQL
 * answers what analysts ask. It forgets jobs and table functions and adds no columns, so there is
 * one batch.
 */
@Tag("once")
class PublicEmulatorTest {
  private static final Duration BUDGET = Duration.ofSeconds(300);

  private static FakeGcs gcs;
  private static BigQueryEmulator emulator;
  private static Cloud cloud;
  private static Deployment deployment;
  private static ScriptedBatch script;
  private static BatchRef batch;

  @BeforeAll
  static void load() throws Exception {
    gcs = FakeGcs.start();
    emulator = BigQueryEmulator.startReading(gcs, Cloud.PROJECT);
    cloud = Cloud.with(gcs, emulator.url());
    deployment = cloud.deploy();
    script = BatchScript.of(61, 3, 30, 1, 1).batch(2);
    batch = cloud.land(script.name(), script.avro());
    HurriedLoader.Time time = new HurriedLoader.Time();
    Ports ports = deployment.ports(gcs.url(), emulator.url(), time);
    // A query of a table that isn't there fails here in a way that BigQuery's fails in passing.
    ports.warehouse().evolve(Schema.initial("millrace"), Set.of(), time.instant().plus(BUDGET));
    Loader loader = HurriedLoader.of(ports, deployment.settings(), time);

    assertThat(loader.load(batch, BUDGET)).isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
  }

  @AfterAll
  static void stop() {
    emulator.close();
    gcs.close();
  }

  @Test
  void aBatch_isThereOnce_andReconciles() {
    new Promises(deployment.tables(), Map.of(batch, script)).assertKept();
  }

  @Test
  void eventsAreCounted_inTheUniqueView() throws Exception {
    assertThat(deployment.query("SELECT COUNT(*) FROM `%1$s_unique.page_viewed`"))
        .containsExactly(List.of("10"));
  }

  @Test
  void aChildTable_joinsItsParent() throws Exception {
    List<List<String>> joined =
        deployment.query(
            """
            SELECT o.message_id, COUNT(*), SUM(p.price)
            FROM `%1$s_unique.order_completed` o
            JOIN `%1$s_unique.order_completed__properties__products` p ON p._dlt_parent_id = o._dlt_id
            GROUP BY o.message_id ORDER BY o.message_id""");

    assertThat(joined)
        .hasSize(
            (int)
                script.payloads().stream()
                    .distinct()
                    .filter(payload -> payload.endsWith("}}}") && payload.contains("\"sku\""))
                    .count());
  }

  @Test
  void aDaysEvents_areFoundByWhenTheyWereReceived() throws Exception {
    assertThat(
            deployment.query(
                """
                SELECT COUNT(*) FROM `%1$s.page_viewed`
                WHERE _millrace_received_at >= TIMESTAMP '2026-11-20 00:00:00+00'
                  AND _millrace_received_at < TIMESTAMP '2026-11-21 00:00:00+00'"""))
        .containsExactly(List.of("10"));
  }

  @Test
  void everyBatch_saysWhatBecameOfIt() throws Exception {
    assertThat(
            deployment.query(
                """
                SELECT state, events_read = events_loaded + events_duplicate + events_bad
                FROM `%1$s_unique._millrace_batches`"""))
        .containsExactly(List.of("loaded", "true"));
  }
}
