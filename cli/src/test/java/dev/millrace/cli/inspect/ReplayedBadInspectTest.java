package dev.millrace.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.cli.replay.PipelineFolder;
import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person is told after bad events of a batch were replayed: two are loaded then, one is bad
 * as before.
 */
class ReplayedBadInspectTest {
  private static final String BATCH =
      """
      {"event": "Order", "messageId": "good-1"}
      {"event": "Refund", "messageId": "frozen-1"}
      {"event": "Refund", "messageId": "frozen-2"}
      {"event": "Order", "messageId": "malformed-1", broken
      """;

  @TempDir private static Path folder;
  private static PipelineFolder pipeline;
  private static BatchRef batch;
  private static Run replayed;

  @BeforeAll
  static void replayBad() throws IOException {
    pipeline = new PipelineFolder(folder);
    batch = pipeline.land("orders", BATCH);
    Path frozen =
        Files.writeString(
            folder.resolve("frozen.yaml"), "table_contracts: {refund: {tables: freeze}}\n");
    Run loaded = pipeline.millrace("replay", "--settings", frozen.toString());
    assertThat(loaded.out()).contains("4 events read = 1 loaded + 0 duplicates + 3 bad");
    replayed = pipeline.millrace("replay bad");
    assertThat(replayed.out()).contains("3 events read = 2 loaded + 0 duplicates + 1 bad");
  }

  private static Run inspect(String command, String... more) {
    Run run = pipeline.millrace("inspect " + command, more);
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    return run;
  }

  private static JsonNode json(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("--json");
    return JsonMapper.shared().readTree(inspect(command, all.toArray(String[]::new)).out());
  }

  private static List<String> texts(JsonNode list, String key) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.get(key).asString()));
    return texts;
  }

  private static String replayOf(String reason) {
    return pipeline
        .query(
            "select load_id from _millrace_batches where object = '%s/%s'"
                .formatted(LoadId.of(batch), reason))
        .get(0);
  }

  @Test
  void a_replay_ends_with_how_many_are_bad_again_and_where_to_see_why() {
    assertThat(replayed.out())
        .endsWith("\n1 event is bad again; `millrace inspect bad` shows why\n");
  }

  @Test
  void reasons_count_what_is_still_bad_and_beside_it_what_was_replayed() {
    JsonNode reasons = json("bad").get("reasons");

    assertThat(texts(reasons, "reason")).containsExactly("malformed", "contract_frozen");
    assertThat(texts(reasons, "events")).containsExactly("1", "0");
    assertThat(texts(reasons, "replayed")).containsExactly("1", "2");
    assertThat(inspect("bad").out())
        .containsPattern("malformed +1 +0 +1 ")
        .containsPattern("contract_frozen +0 +0 +2\n");
  }

  @Test
  void samples_are_only_of_what_is_still_bad() {
    assertThat(texts(json("bad").get("samples"), "load_id")).containsExactly(replayOf("malformed"));
  }

  @Test
  void events_that_were_replayed_are_shown_where_they_are_asked_for() {
    JsonNode samples = json("bad", "--all", "--reason", "contract_frozen").get("samples");

    assertThat(texts(samples, "load_id")).containsExactly(LoadId.of(batch), LoadId.of(batch));
    assertThat(texts(samples, "replayed_by")).containsOnly(replayOf("contract_frozen"));
    assertThat(inspect("bad", "--all").out())
        .contains("; replayed as load " + replayOf("contract_frozen"));
  }

  @Test
  void replays_are_counted_apart_from_the_batches_whose_events_they_read_again() {
    assertThat(inspect("batches").out())
        .contains(
            "1 batch in ",
            ": 4 events read = 1 loaded + 0 duplicates + 3 bad;"
                + " 2 replays of bad events: 3 events read = 2 loaded + 0 duplicates + 1 bad\n");
    JsonNode document = json("batches");
    assertThat(document.get("total").get("events_read").asLong()).isEqualTo(4);
    assertThat(document.get("replays").toString())
        .isEqualTo(
            "{\"batches\":2,\"loaded\":2,\"failed\":0,\"events_read\":3,\"events_loaded\":2,"
                + "\"events_duplicate\":0,\"events_bad\":1}");
  }

  @Test
  void a_replay_has_no_lag() {
    JsonNode batches = json("batches").get("batches");
    assertThat(texts(batches, "bucket"))
        .containsExactly("bad_events", "bad_events", "millrace-local");
    assertThat(batches.get(0).get("lag_seconds").isNull()).isTrue();
    assertThat(batches.get(2).get("lag_seconds").isNull()).isFalse();
    assertThat(inspect("batch", replayOf("malformed")).out())
        .contains("committed")
        .doesNotContain("lag", "created");
  }

  @Test
  void an_event_that_a_replay_loaded_says_where_it_was_bad_and_what_loaded_it() {
    String replay = replayOf("contract_frozen");
    JsonNode event = json("event", "frozen-1");

    assertThat(event.get("loaded").asBoolean()).isTrue();
    assertThat(texts(event.get("roots"), "load_id")).containsExactly(replay);
    assertThat(texts(event.get("bad"), "load_id")).containsExactly(LoadId.of(batch));
    assertThat(texts(event.get("bad"), "replayed_by")).containsExactly(replay);
    assertThat(texts(event.get("batches"), "object"))
        .containsExactlyInAnyOrder(batch.name(), LoadId.of(batch) + "/contract_frozen");
    assertThat(inspect("event", "frozen-1").out())
        .contains(
            "Event frozen-1: loaded, as 1 row; it was bad, and the replay "
                + replay
                + " loaded it\n",
            replay + "  " + batch)
        .containsSubsequence("Bad", "contract_frozen", "load " + LoadId.of(batch));
  }

  @Test
  void it_says_so_too_of_an_event_that_is_asked_for_by_the_id_of_its_row() {
    String row = pipeline.query("select _dlt_id from refund where message_id = 'frozen-2'").get(0);

    assertThat(inspect("event", row).out())
        .contains("; it was bad, and the replay " + replayOf("contract_frozen") + " loaded it\n");
  }

  @Test
  void an_event_that_is_bad_again_is_shown_with_both_loads() {
    assertThat(texts(json("event", "malformed-1").get("bad"), "replayed_by"))
        .containsExactlyInAnyOrder(replayOf("malformed"), "");
  }
}
