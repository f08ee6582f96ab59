package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.LoadOutcome.FailedForGood;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.normalizer.ids.RootIds;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code millrace inspect} of a dataset in BigQuery: the same words as of one in DuckDB. */
@Tag("once")
class InspectTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> EVENTS =
      List.of(
          "{\"event\":\"Order\",\"messageId\":\"m1\",\"total\":9,"
              + "\"items\":[{\"sku\":\"a\",\"options\":[{\"o\":1},{\"o\":2}]},{\"sku\":\"b\"}]}",
          "{\"event\":\"Counted\",\"n\":1}",
          "{\"event\":\"Order\",\"messageId\":\"m2\",\"total\":\"nine\"}",
          "{\"event\":\"Order\",\"messageId\":\"m2\",\"total\":\"nine\"}",
          "[\"secret-payload\"]");

  private static Cloud cloud;
  private static BatchRef batch;
  private static BatchRef broken;
  private static Map<String, String> environment;
  @TempDir private static Path folder;

  @BeforeAll
  static void load() throws Exception {
    cloud = Cloud.start();
    Deployment deployment = cloud.deploy();
    environment = deployment.environment(folder, "");
    batch = cloud.land("2026/11/20/orders.avro", AvroObject.of("77", EVENTS));
    broken = cloud.land("2026/11/20/broken.avro", "Obj\u0001?".getBytes(StandardCharsets.US_ASCII));
    assertThat(deployment.loader().load(batch, PATIENCE)).isInstanceOf(Loaded.class);
    assertThat(deployment.loader().load(broken, PATIENCE)).isInstanceOf(FailedForGood.class);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void batches_areListed_withTheirEventsAndWhyTheyFailed() throws Exception {
    Child.Finished listed = inspect("batches", "--since", "1d");

    assertThat(listed.exitCode()).as(listed.err()).isZero();
    assertThat(listed.out())
        .contains(batch.name(), broken.name(), LoadId.of(broken) + ": object_unreadable: ")
        .contains("1 failed; 5 events read = 3 loaded + 1 duplicate + 1 bad");
  }

  @Test
  void aBatch_isShownWithItsRowsAndJobs() throws Exception {
    JsonNode shown = json("batch", batch.name());

    assertThat(shown.get("load_id").asString()).isEqualTo(LoadId.of(batch));
    assertThat(shown.get("complete").asBoolean()).isTrue();
    assertThat(shown.get("rows_loaded").toString())
        .isEqualTo("{\"counted\":1,\"order\":2,\"order__items\":2,\"order__items__options\":2}");
    assertThat(shown.get("load_jobs").get("order__items").get(0).asString())
        .startsWith("millrace_");
    assertThat(shown.get("bad_by_reason").toString()).isEqualTo("{\"not_an_object\":1}");
    assertThat(shown.get("first_received_at").asString()).isEqualTo("2026-11-20T09:00:00Z");
    assertThat(texts(shown.get("schema_changes"), "kind")).contains("new-table", "variant");
  }

  @Test
  void tables_areListed_withRowsAndTimes() throws Exception {
    JsonNode tables = json("tables").get("tables");

    assertThat(texts(tables, "name"))
        .containsExactly("counted", "order", "order__items", "order__items__options");
    assertThat(texts(tables, "rows")).containsExactly("1", "2", "2", "2");
    assertThat(tables.get(1).get("newest_received_at").asString())
        .isEqualTo("2026-11-20T09:00:00.002Z");
    assertThat(texts(tables, "first_load_id")).containsOnly(LoadId.of(batch));
  }

  @Test
  void theSchema_saysSinceWhichLoad_andByWhichRow() throws Exception {
    JsonNode columns = json("schema", "order").get("tables").get(0).get("columns");

    JsonNode total = columns.get(texts(columns, "name").indexOf("total__v_text"));
    assertThat(total.get("physical_type").asString()).isEqualTo("STRING");
    assertThat(total.get("first_row_id").asString()).isEqualTo(rowId("m2"));
    assertThat(total.get("since_load_id").asString()).isEqualTo(LoadId.of(batch));
  }

  @Test
  void changes_areListed() throws Exception {
    JsonNode changes = json("changes", "--table", "order");

    assertThat(texts(changes.get("changes"), "kind")).contains("new-table");
    assertThat(changes.get("total").asLong()).isEqualTo(changes.get("changes").size());
  }

  @Test
  void badEvents_areShown_andTheirPayloadWhereItIsAskedFor() throws Exception {
    assertThat(inspect("bad").out())
        .contains("not_an_object", batch.name(), "message 4, byte 0")
        .doesNotContain("secret-payload");
    assertThat(json("bad", "--show").get("samples").get(0).get("raw_text").asString())
        .isEqualTo("[\"secret-payload\"]");
  }

  @Test
  void anEvent_isFound_withEveryRowThatItBecame() throws Exception {
    JsonNode event = json("event", "m1", "--since", "2026-11-19");

    assertThat(texts(event.get("roots"), "row_id")).containsExactly(rowId("m1"));
    assertThat(texts(event.get("descendants"), "table"))
        .containsExactly(
            "order__items", "order__items", "order__items__options", "order__items__options");
    assertThat(texts(event.get("batches"), "object")).containsExactly(batch.name());
  }

  @Test
  void anEventWithoutMessageId_isFoundByThatOfPubSub() throws Exception {
    assertThat(texts(json("event", "771").get("roots"), "table")).containsExactly("counted");
    assertThat(texts(json("event", "774").get("bad"), "reason")).containsExactly("not_an_object");
  }

  @Test
  void anEventThatIsNotThere_endsInExitCode1() throws Exception {
    Child.Finished looked = inspect("event", "m9");

    assertThat(looked.exitCode()).isEqualTo(1);
    assertThat(looked.out()).contains("Event m9 is not in shop.telemetry_1");
  }

  private static String rowId(String messageId) {
    return new RootIds().of("m:" + messageId);
  }

  private static List<String> texts(JsonNode list, String key) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.get(key).asString()));
    return texts;
  }

  private static JsonNode json(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    Child.Finished finished = inspect(all.toArray(String[]::new));
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    return JsonMapper.shared().readTree(finished.out());
  }

  private static Child.Finished inspect(String... arguments) throws Exception {
    List<String> whole = new ArrayList<>(List.of("inspect"));
    whole.addAll(List.of(arguments));
    whole.addAll(List.of("--settings", environment.get("MILLRACE_SETTINGS")));
    try (Child child = MillraceCommand.start(environment, whole.toArray(String[]::new))) {
      return child.finish(PATIENCE);
    }
  }
}
