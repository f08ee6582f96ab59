package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.FailedForGood;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.read.AvroObjects;
import dev.millrace.loader.read.BatchReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LoaderTest {
  static final String EVENTS =
      """
      {"event": "Order Completed", "messageId": "1", "total": 12, "products": [{"sku": "a"}]}
      {"event": "Order Completed", "messageId": "2", "total": "much", "coupon": "x"}
      {"event": "Order Completed", "messageId": "1", "total": 12}
      {"event": "Page Viewed", "path": "/"}
      {broken
      """;

  private final World world = new World();

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private JsonNode batchRow() {
    List<JsonNode> rows = world.warehouse.rows("_millrace_batches");
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private JsonNode badRow() {
    List<JsonNode> rows = world.warehouse.rows("_millrace_bad_events");
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void load_text_accountsForEveryEvent() {
    LoadOutcome outcome = world.load(world.put("a", EVENTS));

    assertThat(outcome).isInstanceOf(Loaded.class);
    LoadReport report = ((Loaded) outcome).report();
    assertThat(report.read()).isEqualTo(5);
    assertThat(report.loaded()).isEqualTo(3);
    assertThat(report.duplicate()).isEqualTo(1);
    assertThat(report.bad()).isEqualTo(1);
    assertThat(report.badByReason()).isEqualTo(Map.of("malformed", 1L));
    assertThat(report.rows())
        .isEqualTo(
            Map.of("order_completed", 2L, "order_completed__products", 1L, "page_viewed", 1L));
    assertThat(report.bytes()).isEqualTo(EVENTS.length());
  }

  @Test
  void load_text_recordsTheBatch() {
    BatchRef batch = world.put("a", EVENTS);
    world.load(batch);

    JsonNode row = batchRow();
    assertThat(row.get("state").asString()).isEqualTo("loaded");
    assertThat(row.get("load_id").asString()).isEqualTo(LoadId.of(batch));
    assertThat(row.get("format").asString()).isEqualTo("text");
    assertThat(row.get("events_read").asLong()).isEqualTo(5);
    assertThat(row.get("rows_loaded").get("order_completed").asLong()).isEqualTo(2);
    assertThat(row.get("schema_version").asLong()).isEqualTo(1);
  }

  @Test
  void load_text_writesDltsRows() {
    BatchRef batch = world.put("a", EVENTS);
    world.load(batch);

    JsonNode load = world.warehouse.rows("_dlt_loads").get(0);
    JsonNode version = world.warehouse.rows("_dlt_version").get(0);
    JsonNode pipeline = world.warehouse.rows("_dlt_pipeline_state").get(0);
    assertThat(load.get("load_id").asString()).isEqualTo(LoadId.of(batch));
    assertThat(load.get("schema_version_hash")).isEqualTo(version.get("version_hash"));
    assertThat(pipeline.get("_dlt_load_id").asString()).isEqualTo(LoadId.of(batch));
  }

  @Test
  void load_secondBatch_recordsOnlyWhatItAdds() {
    world.load(world.put("a", EVENTS));
    LoadOutcome second =
        world.load(world.put("b", "{\"event\": \"Page Viewed\", \"referrer\": \"/x\"}"));

    assertThat(((Loaded) second).report().changes())
        .singleElement()
        .satisfies(change -> assertThat(change.column()).isEqualTo("referrer"));
    assertThat(world.warehouse.rows("_dlt_version")).hasSize(2);
    assertThat(world.warehouse.rows("_dlt_pipeline_state")).hasSize(1);
  }

  @Test
  void load_sameBatchAgain_isLoadedAlready() {
    BatchRef batch = world.put("a", EVENTS);
    world.load(batch);
    Map<String, List<String>> before = world.rows();

    assertThat(world.load(batch)).isEqualTo(new AlreadyLoaded(LoadId.of(batch)));
    assertThat(world.rows()).isEqualTo(before);
  }

  @Test
  void load_emptyObject_isALoadOfNoEvents() {
    LoadOutcome outcome = world.load(world.put("a", ""));

    assertThat(((Loaded) outcome).report().read()).isZero();
    assertThat(world.warehouse.rows("_dlt_loads")).hasSize(1);
    assertThat(world.warehouse.rows("_dlt_version")).hasSize(1);
  }

  @Test
  void load_gzipOfSeveralMembers_isTheSameAsText() throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(gzip(EVENTS.substring(0, 100)));
    object.writeBytes(gzip(EVENTS.substring(100)));
    World plain = new World();
    plain.load(plain.put("a", EVENTS));
    world.load(world.put("a", object.toByteArray()));

    assertThat(world.rows().get("order_completed")).isEqualTo(plain.rows().get("order_completed"));
    assertThat(batchRow().get("format").asString()).isEqualTo("gzip");
  }

  @Test
  void load_gzipCutInTheMiddle_loadsWhatCameBeforeAndKeepsTheRest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("{\"event\": \"e\", \"n\": ").append(i * 7_919L % 10_007).append("}\n");
    }
    byte[] whole = gzip(text.toString());
    LoadOutcome outcome = world.load(world.put("a", Arrays.copyOf(whole, whole.length / 2)));

    LoadReport report = ((Loaded) outcome).report();
    assertThat(report.loaded()).isBetween(100L, 4_999L);
    assertThat(report.badByReason()).isEqualTo(Map.of("truncated", 1L));
    assertThat(badRow().get("event_index").asLong()).isEqualTo(report.loaded());
    String rest = new String(Base64.getDecoder().decode(badRow().get("raw").asString()));
    assertThat(rest.strip()).isNotEqualTo("").doesNotContain("}");
  }

  @Test
  void load_gzipDamagedAtItsStart_failsForGood() throws IOException {
    BatchRef batch = world.put("a", Arrays.copyOf(gzip(EVENTS), 9));

    assertThat(world.load(batch))
        .isInstanceOfSatisfying(
            FailedForGood.class,
            failed -> assertThat(failed.error()).isEqualTo(LoadError.OBJECT_UNREADABLE));
    assertThat(batchRow().get("state").asString()).isEqualTo("failed");
    assertThat(batchRow().get("code").asString()).isEqualTo("object_unreadable");
    assertThat(world.warehouse.rows("_dlt_loads")).isEmpty();
  }

  @Test
  void load_gzipThatUnpacksToTooMuch_loadsWhatFits() throws IOException {
    BatchRef batch = world.put("a", gzip("{\"event\": \"e\"}\n".repeat(1_000)));
    LoadOutcome outcome = world.loader(new BatchReader(1_500)).load(batch, World.BUDGET);

    assertThat(((Loaded) outcome).report().loaded()).isEqualTo(100);
    assertThat(badRow().get("reason").asString()).isEqualTo("too_large_unpacked");
  }

  @Test
  void load_avroWithMetadata_takesPublishTimes() {
    byte[] object =
        AvroObjects.withMetadata(
            CodecFactory.deflateCodec(6),
            2,
            1_795_451_440_000_000L,
            List.of("{\"event\":\"e\"}", "{\"event\":\"e\"} {\"event\":\"e\"}", "nothing"));
    LoadOutcome outcome = world.load(world.put("a", object));

    assertThat(((Loaded) outcome).report().loaded()).isEqualTo(3);
    assertThat(world.warehouse.rows("e"))
        .extracting(row -> row.get("_millrace_received_at").asString())
        .containsExactlyInAnyOrder(
            "2026-11-23T16:30:40.000000Z",
            "2026-11-23T16:30:41.000000Z",
            "2026-11-23T16:30:41.000000Z");
    assertThat(badRow().get("message_id").asString()).isEqualTo("m2");
    assertThat(world.warehouse.rows("e"))
        .extracting(row -> row.get("_dlt_id"))
        .doesNotHaveDuplicates();
  }

  @Test
  void load_avroMessageAgainInAnotherObject_hasTheSameId() {
    List<String> payload = List.of("{\"event\":\"e\"}");
    CodecFactory codec = CodecFactory.nullCodec();
    world.load(world.put("a", AvroObjects.withMetadata(codec, 1, 1, payload)));
    world.load(world.put("b", AvroObjects.withMetadata(codec, 9, 1, payload)));

    List<JsonNode> rows = world.warehouse.rows("e");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("_dlt_id")).isEqualTo(rows.get(1).get("_dlt_id"));
  }

  @Test
  void load_avroWithoutMetadata_isReceivedWhenTheObjectWasMade() {
    byte[] object =
        AvroObjects.plain(
            CodecFactory.nullCodec(), 1, List.of("{\"event\":\"e\"}", "{\"event\":\"e\"}"));
    BatchRef batch = world.put("a", object);
    world.load(batch);

    assertThat(world.warehouse.rows("e"))
        .extracting(row -> row.get("_dlt_id"))
        .doesNotHaveDuplicates();
    assertThat(world.warehouse.rows("e").get(0).get("_millrace_received_at").asString())
        .startsWith("2026-11-23T16:30:47.000");
  }

  @Test
  void load_avroCutInTheMiddle_loadsWhatCameBefore() {
    byte[] whole =
        AvroObjects.withMetadata(
            CodecFactory.nullCodec(), 1, 1, List.of("{\"event\":\"e\"}", "{\"event\":\"e\"}"));
    LoadOutcome outcome = world.load(world.put("a", Arrays.copyOf(whole, whole.length - 30)));

    assertThat(((Loaded) outcome).report().loaded()).isEqualTo(1);
    assertThat(badRow().get("reason").asString()).isEqualTo("truncated");
    assertThat(badRow().get("message_number").asLong()).isEqualTo(1);
    assertThat(badRow().has("event_index")).isFalse();
  }

  @Test
  void load_avroOfAnotherSchema_failsForGood() {
    byte[] object =
        AvroObjects.ofSchema(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"data\",\"type\":\"string\"}]}");

    assertThat(world.load(world.put("a", object)))
        .isInstanceOfSatisfying(
            FailedForGood.class,
            failed -> assertThat(failed.error()).isEqualTo(LoadError.OBJECT_WRONG_SCHEMA));
  }

  @Test
  void load_objectGone_failsForGood() {
    BatchRef batch = world.put("a", EVENTS);
    world.landing.remove(batch);

    assertThat(world.load(batch))
        .isInstanceOfSatisfying(
            FailedForGood.class,
            failed -> assertThat(failed.error()).isEqualTo(LoadError.OBJECT_GONE));
    assertThat(batchRow().get("code").asString()).isEqualTo("object_gone");
  }

  @Test
  void load_noticeComesAgainWhenAllIsGone_isLoadedAlready() throws IOException {
    world.warehouse.answerUnasked();
    BatchRef batch = world.put("a", EVENTS);
    world.load(batch);
    Map<String, List<String>> before = world.rows();
    world.landing.remove(batch);
    for (String path : world.staging.paths()) {
      world.staging.delete(path);
    }

    assertThat(world.load(batch)).isEqualTo(new AlreadyLoaded(LoadId.of(batch)));
    assertThat(world.rows()).isEqualTo(before);
  }

  @Test
  void load_noticeComesAgainWhenThePackageIsGone_isLoadedAlready() throws IOException {
    world.warehouse.answerUnasked();
    BatchRef batch = world.put("a", EVENTS);
    world.load(batch);
    Map<String, List<String>> before = world.rows();
    for (String path : world.staging.paths()) {
      world.staging.delete(path);
    }

    assertThat(world.load(batch)).isEqualTo(new AlreadyLoaded(LoadId.of(batch)));
    assertThat(world.rows()).isEqualTo(before);
  }

  @Test
  void load_objectGoneAfterTheSeal_isLoaded() {
    BatchRef batch = world.put("a", EVENTS);
    int load = indexOfCall("warehouse.load");
    world.faults.failAt(load, Faults.Moment.BEFORE, () -> new Faults.Crash("load"));
    assertThat(catchCrash(batch)).isTrue();
    world.landing.remove(batch);

    assertThat(world.load(batch)).isInstanceOf(Loaded.class);
  }

  private static int indexOfCall(String name) {
    World dry = new World();
    dry.load(dry.put("a", EVENTS));
    return dry.faults.calls().indexOf(name);
  }

  private boolean catchCrash(BatchRef batch) {
    try {
      world.load(batch);
      return false;
    } catch (Faults.Crash e) {
      return true;
    }
  }

  @Test
  void load_warehouseCountsOtherRows_failsForGoodAndLoadsNothing() {
    world.warehouse.miscountBy(1);

    assertThat(world.load(world.put("a", EVENTS)))
        .isInstanceOfSatisfying(
            FailedForGood.class,
            failed -> assertThat(failed.error()).isEqualTo(LoadError.COUNTS_DIFFER));
    assertThat(world.warehouse.rows("order_completed")).isEmpty();
    assertThat(world.warehouse.rows("_dlt_loads")).isEmpty();
  }

  @Test
  void load_configurationFails_isNotRetried() {
    world.faults.failAt(
        0, Faults.Moment.BEFORE, () -> new LoadException(LoadError.ACCESS_DENIED, "not you"));
    BatchRef batch = world.put("a", EVENTS);

    assertThat(world.load(batch))
        .isEqualTo(new TryAgain(LoadId.of(batch), LoadError.ACCESS_DENIED, "not you"));
    assertThat(world.waits).isEmpty();
  }

  @Test
  void load_quotaUsedUp_waitsLonger() {
    world.faults.failAt(
        0, Faults.Moment.BEFORE, () -> new LoadException(LoadError.QUOTA_EXCEEDED, "too often"));

    assertThat(world.load(world.put("a", EVENTS))).isInstanceOf(Loaded.class);
    assertThat(world.waits.get(0)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  @Test
  void load_quotaUsedUpForLongerThanTheBudget_isLeftToTheNextDelivery() {
    BatchRef batch = world.put("a", EVENTS);
    world.faults.failAlways(
        "warehouse.load", () -> new LoadException(LoadError.QUOTA_EXCEEDED, "too often"));

    assertThat(world.load(batch))
        .isEqualTo(new TryAgain(LoadId.of(batch), LoadError.QUOTA_EXCEEDED, "too often"));
    assertThat(world.waits).hasSizeBetween(5, 12);
    world.faults.failAlways("nothing", () -> null);
    assertThat(world.load(batch)).isInstanceOf(Loaded.class);
  }

  @Test
  void load_failureCannotBeRecorded_isNotDealtWith() {
    BatchRef batch = world.put("a", EVENTS);
    world.landing.remove(batch);
    world.faults.failAlways(
        "warehouse.record", () -> new LoadException(LoadError.ACCESS_DENIED, "not you"));

    assertThat(world.load(batch))
        .isInstanceOfSatisfying(
            TryAgain.class,
            again -> {
              assertThat(again.error()).isEqualTo(LoadError.ACCESS_DENIED);
              assertThat(again.detail()).contains("can't be recorded: not you");
            });
  }

  @Test
  void load_reportsHowLongEachStepTook() {
    LoadReport report = ((Loaded) world.load(world.put("a", EVENTS))).report();

    assertThat(report.times().steps().keySet())
        .containsExactly("normalize", "evolve", "seal", "load", "commit");
  }

  @Test
  void load_passingFailure_isRetriedAfterAWait() {
    world.faults.failAt(0, Faults.Moment.BEFORE, () -> new IOException("503"));

    assertThat(world.load(world.put("a", EVENTS))).isInstanceOf(Loaded.class);
    assertThat(world.waits).hasSize(1);
    assertThat(world.waits.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  @Test
  void load_budgetTooShortForAWait_leavesItToTheNextDelivery() {
    world.faults.failAt(0, Faults.Moment.BEFORE, () -> new IOException("503"));
    LoadOutcome outcome = world.loader().load(world.put("a", EVENTS), Duration.ofMillis(100));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TryAgain.class, again -> assertThat(again.error()).isEqualTo(LoadError.UNAVAILABLE));
  }

  @Test
  void load_timeOverAfterTheSeal_keepsThePackageForTheNextDelivery() {
    BatchRef batch = world.put("a", EVENTS);
    assertThat(world.loader().load(batch, Duration.ZERO))
        .isInstanceOfSatisfying(
            TryAgain.class, again -> assertThat(again.error()).isEqualTo(LoadError.OUT_OF_TIME));
    world.landing.remove(batch);

    assertThat(world.load(batch)).isInstanceOf(Loaded.class);
  }
}
