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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person is told of single events that are bad, whole ones, by their messageId. */
class BadEventInspectTest {
  private static final String DEEP = "[".repeat(500) + "]".repeat(500);
  private static final String LONG = "x".repeat(100_000);
  private static final String BATCH =
      """
      {"event": "Order", "messageId": "good-1", "ref": "frozen-2"}
      {"event": "Refund", "messageId": "frozen-1", "order": {"messageId": "good-9"}}
      {"event": "Order", "deep": %s, "messageId": "deep-1"}
      {"event": "Order", "messageId": "large-1", "text": "%s"}
      {"event": "Order", "messageId": "malformed-1", broken
      {"event": "Order", "messageId": "fröh\\u006Cich-1", "deep": %s}
      """
          .formatted(DEEP, LONG, DEEP);
  private static final String SETTINGS =
      """
      guards: {event_bytes: 4 KiB}
      table_contracts: {refund: {tables: freeze}}
      """;

  @TempDir private static Path folder;
  private static PipelineFolder pipeline;
  private static BatchRef batch;

  @BeforeAll
  static void load() throws IOException {
    pipeline = new PipelineFolder(folder);
    batch = pipeline.land("orders", BATCH);
    Path settings = Files.writeString(folder.resolve("strict.yaml"), SETTINGS);
    Run run = pipeline.millrace("replay", "--settings", settings.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static JsonNode json(String messageId) {
    Run run = pipeline.millrace("inspect event", messageId, "--json");
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  private static List<String> texts(JsonNode list, String key) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.get(key).asString()));
    return texts;
  }

  @ParameterizedTest
  @CsvSource({
    "frozen-1, contract_frozen",
    "deep-1, too_deep",
    "fröhlich-1, too_deep",
  })
  void a_whole_bad_event_is_found_by_its_messageId(String messageId, String reason) {
    JsonNode bad = json(messageId).get("bad");

    assertThat(texts(bad, "reason")).containsExactly(reason);
    assertThat(texts(bad, "mention_only")).containsExactly("false");
    assertThat(texts(bad, "object")).containsExactly(batch.name());
  }

  @ParameterizedTest
  @CsvSource({"malformed-1, malformed", "large-1, too_large"})
  void a_bad_event_that_is_cut_or_no_good_json_is_said_to_mention_it(
      String messageId, String reason) {
    assertThat(texts(json(messageId).get("bad"), "mention_only")).containsExactly("true");
    assertThat(pipeline.millrace("inspect event", messageId).out())
        .contains(
            "not loaded, but perhaps bad: bytes in _millrace_bad_events mention it",
            reason + " (its bytes, which are cut or no good JSON, mention the id)",
            "load " + LoadId.of(batch));
  }

  @Test
  void an_id_that_is_only_inside_a_whole_event_is_not_that_events() {
    Run run = pipeline.millrace("inspect event", "good-9");

    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void an_event_that_is_not_there_may_be_among_those_of_which_only_the_first_bytes_are_kept() {
    assertThat(pipeline.millrace("inspect event", "nobody").out())
        .contains("Of 1 bad event no bytes are kept, or only the first, so it may be among these");
  }

  @Test
  void under_privacy_rules_a_whole_event_is_found_and_of_a_malformed_one_no_bytes_are_kept(
      @TempDir Path other) throws IOException {
    PipelineFolder secretive = new PipelineFolder(other);
    secretive.land("orders", BATCH);
    Path settings =
        Files.writeString(
            other.resolve("private.yaml"),
            "table_contracts: {refund: {tables: freeze}}\n"
                + "privacy: {rules: [{path: order, action: drop}]}\n");
    secretive.millrace("replay", "--settings", settings.toString());

    assertThat(secretive.millrace("inspect event", "frozen-1").out()).contains("for it is bad");
    assertThat(secretive.millrace("inspect event", "malformed-1").out())
        .contains("Of 3 bad events no bytes are kept");
  }

  @Test
  void a_good_event_has_nothing_bad_though_others_mention_it() {
    assertThat(json("good-1").get("bad")).isEmpty();
  }

  @Test
  void a_bad_event_is_not_found_by_an_earlier_time_than_it_came() {
    assertThat(pipeline.millrace("inspect event", "frozen-1", "--since", "2100-01-01").exitCode())
        .isEqualTo(1);
  }
}
