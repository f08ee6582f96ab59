package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.fakes.Faults.Moment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Rows that the warehouse would not take, though the normaliser has checked them. */
class RefusedRowsTest {
  private static final String EVENTS =
      """
      {"event": "o", "messageId": "1", "n": 1, "lines": [{"sku": "a", "tags": ["x", "y"]}]}
      {"event": "o", "messageId": "2", "n": 2, "lines": [{"sku": "b", "tags": ["z"]}, {"sku": "c"}]}
      {"event": "o", "messageId": "3", "n": 3}
      {broken
      """;

  private static World world(String table, String text) {
    World world = new World();
    world.warehouse.refuse(table, text);
    return world;
  }

  private static LoadReport load(World world) {
    LoadOutcome outcome = world.load(world.put("a", EVENTS));
    assertThat(outcome).isInstanceOf(Loaded.class);
    return ((Loaded) outcome).report();
  }

  private static List<JsonNode> refused(World world) {
    return world.warehouse.rows("_millrace_bad_events").stream()
        .filter(row -> row.get("reason").asString().equals("refused_by_warehouse"))
        .toList();
  }

  @Test
  void load_rootRowIsRefused_itsEventIsBad() {
    World world = world("o", "\"n\":2");
    LoadReport report = load(world);

    assertThat(report.events()).isEqualTo(new LoadReport.Events(4, 2, 0, 2));
    assertThat(report.refused()).isEqualTo(1);
    assertThat(report.rows()).containsEntry("o", 2L).containsEntry("o__lines", 3L);
    assertThat(report.badByReason())
        .containsEntry("refused_by_warehouse", 4L)
        .containsEntry("malformed", 1L);
    JsonNode batch = world.warehouse.rows("_millrace_batches").get(0);
    assertThat(batch.get("events_loaded").asLong()).isEqualTo(2);
    assertThat(batch.get("events_bad").asLong()).isEqualTo(2);
    assertThat(batch.get("rows_bad").asLong()).isEqualTo(3);
  }

  @Test
  void load_rootRowIsRefused_eachRowBelowItIsListed() {
    World world = world("o", "\"n\":2");
    load(world);

    List<JsonNode> refused = refused(world);
    assertThat(refused)
        .extracting(row -> row.get("table_name").asString() + " " + row.get("partial").asBoolean())
        .containsExactly("o false", "o__lines true", "o__lines true", "o__lines__tags true");
    assertThat(refused)
        .extracting(row -> row.get("event_id"))
        .containsOnly(rowIdOf(refused.get(0)));
    assertThat(refused.get(0).get("detail").asString())
        .isEqualTo("the warehouse refused the row: the fake refuses such rows");
  }

  private static JsonNode rowIdOf(JsonNode bad) {
    return tools.jackson.databind.json.JsonMapper.shared().readTree(raw(bad)).get("_dlt_id");
  }

  private static String raw(JsonNode bad) {
    return new String(
        Base64.getDecoder().decode(bad.get("raw").asString()), StandardCharsets.UTF_8);
  }

  @Test
  void load_rowIsRefused_itsLineIsKept() {
    World world = world("o", "\"n\":2");
    load(world);

    JsonNode bad = refused(world).get(0);
    assertThat(raw(bad)).startsWith("{").endsWith("}").contains("\"n\":2");
    assertThat(bad.get("raw_bytes").asInt()).isEqualTo(raw(bad).length());
    assertThat(bad.get("received_at").asString()).isNotEmpty();
  }

  @Test
  void load_childRowIsRefused_itsEventIsLoaded() {
    World world = world("o__lines", "\"sku\":\"a\"");
    LoadReport report = load(world);

    assertThat(report.events()).isEqualTo(new LoadReport.Events(4, 3, 0, 1));
    assertThat(refused(world))
        .extracting(row -> row.get("table_name").asString() + " " + row.get("partial").asBoolean())
        .containsExactly("o__lines true", "o__lines__tags true", "o__lines__tags true");
    String first = world.warehouse.rows("o").get(0).get("_dlt_id").asString();
    assertThat(refused(world))
        .extracting(row -> row.get("event_id").asString())
        .containsOnly(first);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void load_rowsAreRefusedAndAnyCallFails_isTheSame(Moment moment) {
    World calm = world("o", "\"n\":2");
    load(calm);
    List<String> calls = calm.faults.calls();
    for (int call = 0; call < calls.size(); call++) {
      World world = world("o", "\"n\":2");
      world.faults.failAt(call, moment, () -> new IOException("injected"));

      assertThat(world.load(world.put("a", EVENTS)))
          .isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
      assertThat(world.rows()).as("call %d, %s", call, calls.get(call)).isEqualTo(calm.rows());
    }
  }
}
