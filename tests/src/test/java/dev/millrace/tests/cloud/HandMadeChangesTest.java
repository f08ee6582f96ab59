package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.tests.emulator.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** People, and those who run the cloud, take away or change what a running function stands on. */
@Tag("once")
@Execution(ExecutionMode.CONCURRENT)
class HandMadeChangesTest {
  private static final Duration BUDGET = Duration.ofSeconds(540);
  private static final BatchScript SCRIPT = BatchScript.of(31, 4, 12, 2, 1);

  private static Cloud cloud;
  private Deployment deployment;
  private Map<BatchRef, ScriptedBatch> batches;
  private List<BatchRef> refs;
  // An instance that goes on while things change.
  private Loader running;

  @BeforeAll
  static void start() throws Exception {
    cloud = Cloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @BeforeEach
  void deploy() {
    deployment = cloud.deploy();
    batches =
        cloud.land(SCRIPT.all().stream().map(batch -> batch.in(deployment.dataset())).toList());
    refs = List.copyOf(batches.keySet());
    running = deployment.loader();
  }

  @Test
  void aMissingDataset_isAConfigurationFault_untilItIsThere() throws Exception {
    deleteDatasets();

    assertIsConfiguration(running.load(refs.get(0), BUDGET), LoadError.MISCONFIGURED);
    deployment.createDatasets();

    loadAll();
    new Promises(deployment.tables(), batches).assertKept();
  }

  @Test
  void aDataset_deletedAndMadeAnew_takesTheNextBatches_andOldOnesThatComeAgain() throws Exception {
    load(0);
    load(1);
    deleteDatasets();
    deployment.createDatasets();

    loadAll();

    new Promises(deployment.tables(), batches).assertKept();
  }

  @Test
  void aTable_deletedByHand_isMadeAgain_andTakesTheNextBatches() throws Exception {
    load(0);
    cloud.bigQuery().delete(TableId.of(Cloud.PROJECT, deployment.dataset(), "page_viewed"));

    load(1);

    long pages = pagesOf(SCRIPT.batch(1));
    assertThat(deployment.tables().rows("page_viewed")).hasSize((int) pages);
  }

  @Test
  void aColumn_addedByHandWithAnotherType_isFollowed_andNoValueIsLost() throws Exception {
    load(0);
    statement("ALTER TABLE %s ADD COLUMN properties__surprise STRING");
    BatchRef batch =
        cloud.land(
            deployment.dataset() + "/surprise",
            AvroObject.of(
                "s",
                List.of(
                    """
                    {"event": "Page Viewed", "messageId": "s1", "properties": {"surprise": 17}}""",
                    """
                    {"event": "Page Viewed", "messageId": "s2", "properties": {"surprise": "x"}}""")));

    assertThat(running.load(batch, BUDGET)).isInstanceOf(Loaded.class);

    assertThat(deployment.tables().rows("page_viewed"))
        .filteredOn(row -> row.getOrDefault("message_id", "").startsWith("s"))
        .extracting(row -> row.get("properties__surprise"))
        .containsExactlyInAnyOrder("17", "x");
  }

  @Test
  void aColumn_addedByHandWithATypeThatValuesDoNotFit_getsAVariant() throws Exception {
    load(0);
    statement("ALTER TABLE %s ADD COLUMN properties__surprise INT64");
    BatchRef batch =
        cloud.land(
            deployment.dataset() + "/surprise",
            AvroObject.of(
                "s",
                List.of(
                    """
                    {"event": "Page Viewed", "messageId": "s1", "properties": {"surprise": 17}}""",
                    """
                    {"event": "Page Viewed", "messageId": "s2", "properties": {"surprise": "x"}}""")));

    assertThat(running.load(batch, BUDGET)).isInstanceOf(Loaded.class);

    assertThat(deployment.tables().rows("page_viewed"))
        .filteredOn(row -> row.getOrDefault("message_id", "").startsWith("s"))
        .extracting(
            row -> row.get("properties__surprise"), row -> row.get("properties__surprise__v_text"))
        .containsExactlyInAnyOrder(tuple("17", null), tuple(null, "x"));
  }

  @Test
  void aTable_madeAnewByHandWithARequiredColumn_isRelaxed() throws Exception {
    load(0);
    requireColumnOfPages();

    loadAll();

    assertThat(deployment.tables().rows("page_viewed"))
        .hasSize(batches.values().stream().skip(1).mapToInt(b -> (int) pagesOf(b)).sum());
  }

  @Test
  void aStagingBucket_thatIsGone_isAConfigurationFault_untilItIsThere() throws Exception {
    load(0);
    emptyAndDelete(deployment.staging());

    assertIsConfiguration(running.load(refs.get(1), BUDGET), LoadError.MISCONFIGURED);
    cloud.storage().create(BucketInfo.of(deployment.staging()));

    loadAll();
    new Promises(deployment.tables(), batches).assertKept();
  }

  @Test
  void aSchemaObject_thatIsGone_isMadeAnewFromTheDataset() throws Exception {
    load(0);
    load(1);
    for (Blob object : cloud.storage().list(deployment.state()).iterateAll()) {
      object.delete();
    }

    loadAll();

    new Promises(deployment.tables(), batches).assertKept();
  }

  @Test
  void aSchemaObject_thatIsCorrupt_isMadeAnewFromTheDataset() throws Exception {
    load(0);
    load(1);
    for (Blob object : cloud.storage().list(deployment.state()).iterateAll()) {
      cloud
          .storage()
          .create(
              BlobInfo.newBuilder(object.getBlobId().getBucket(), object.getName()).build(),
              "{\"tables\": {".getBytes(StandardCharsets.UTF_8));
    }

    loadAll();

    new Promises(deployment.tables(), batches).assertKept();
  }

  @Test
  void refusedCredentials_areAConfigurationFault_untilTheyAreTaken() throws Exception {
    AtomicBoolean refused = new AtomicBoolean(true);
    try (Disturbance disturbance = answering(refused, Fault.answer(403, "accessDenied"))) {
      Loader loader = disturbance.loader(deployment);

      assertIsConfiguration(loader.load(refs.get(0), BUDGET), LoadError.ACCESS_DENIED);
      refused.set(false);

      assertThat(loader.load(refs.get(0), BUDGET)).isInstanceOf(Loaded.class);
    }
    loadAll();
    new Promises(deployment.tables(), batches).assertKept();
  }

  @Test
  void aQuota_exhaustedForLongerThanTheDeadline_isLeftForTheNextDelivery() throws Exception {
    load(0);
    AtomicBoolean exhausted = new AtomicBoolean(true);
    try (Disturbance disturbance = answering(exhausted, Fault.answer(403, "quotaExceeded"))) {
      LoadOutcome outcome = disturbance.loader(deployment).load(refs.get(1), Duration.ofSeconds(3));

      assertThat(outcome).isInstanceOf(TryAgain.class);
      assertThat(((TryAgain) outcome).error()).isEqualTo(LoadError.QUOTA_EXCEEDED);
    }
    loadAll();
    new Promises(deployment.tables(), batches).assertKept();
  }

  /** Has BigQuery answer so, as long as something holds. */
  private static Disturbance answering(AtomicBoolean holds, Fault fault) throws IOException {
    return new Disturbance(
        cloud,
        (call, number) -> holds.get() && call.service() == Service.BIGQUERY ? fault : Fault.NONE);
  }

  private void load(int batch) {
    assertThat(running.load(refs.get(batch), BUDGET)).isInstanceOf(Loaded.class);
  }

  private void loadAll() {
    for (BatchRef batch : refs) {
      assertThat(running.load(batch, BUDGET))
          .as(batch.toString())
          .isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
    }
  }

  private static void assertIsConfiguration(LoadOutcome outcome, LoadError error) {
    assertThat(outcome).isInstanceOf(TryAgain.class);
    assertThat(((TryAgain) outcome).error()).as(outcome.toString()).isEqualTo(error);
  }

  private void deleteDatasets() {
    for (String name : List.of(deployment.dataset(), deployment.dataset() + "_unique")) {
      cloud
          .bigQuery()
          .delete(DatasetId.of(Cloud.PROJECT, name), DatasetDeleteOption.deleteContents());
    }
  }

  private void emptyAndDelete(String bucket) {
    for (Blob object : cloud.storage().list(bucket).iterateAll()) {
      object.delete();
    }
    assertThat(cloud.storage().delete(bucket)).isTrue();
  }

  private void requireColumnOfPages() throws InterruptedException {
    cloud.bigQuery().delete(TableId.of(Cloud.PROJECT, deployment.dataset(), "page_viewed"));
    statement(
        """
        CREATE TABLE %s (
          event STRING, message_id STRING, properties__path STRING,
          properties__never_sent STRING NOT NULL, _dlt_load_id STRING NOT NULL,
          _dlt_id STRING NOT NULL, _millrace_received_at TIMESTAMP)
        PARTITION BY TIMESTAMP_TRUNC(_millrace_received_at, DAY)""");
  }

  /** Runs a statement about the table of page views. */
  private void statement(String sql) throws InterruptedException {
    cloud
        .bigQuery()
        .query(
            QueryJobConfiguration.of(
                sql.formatted(
                    "`%s.%s.page_viewed`".formatted(Cloud.PROJECT, deployment.dataset()))));
  }

  private static long pagesOf(ScriptedBatch batch) {
    return batch.payloads().stream()
        .distinct()
        .filter(payload -> payload.endsWith("}") && payload.contains("Page Viewed"))
        .filter(payload -> payload.endsWith("}}}"))
        .count();
  }
}
