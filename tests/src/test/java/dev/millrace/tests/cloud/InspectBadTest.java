package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import java.nio.file.Files;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code millrace inspect} of bad events in BigQuery, of which those of one contract were replayed.
 */
@Tag("once")
class InspectBadTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String DEEP = "[".repeat(500) + "]".repeat(500);
  private static final List<String> EVENTS =
      List.of(
          "{\"event\":\"Order\",\"messageId\":\"good-1\"}",
          "{\"event\":\"Order\",\"messageId\":\"deep-1\",\"deep\":" + DEEP + "}",
          "{\"event\":\"Order\",\"messageId\":\"malformed-1\",broken",
          "{\"event\":\"Refund\",\"messageId\":\"frozen-1\"}",
          "{\"event\":\"Invoice\",\"messageId\":\"frozen-2\"}");

  private static Cloud cloud;
  private static BatchRef batch;
  private static Map<String, String> environment;
  @TempDir private static Path folder;

  @BeforeAll
  static void loadAndReplayBad() throws Exception {
    cloud = Cloud.start();
    Deployment deployment = cloud.deploy();
    environment = deployment.environment(folder, "");
    Path settings = Path.of(environment.remove("MILLRACE_SETTINGS"));
    String base = Files.readString(settings);
    batch = cloud.land("2026/11/20/orders.avro", AvroObject.of("77", EVENTS));
    Path frozen = folder.resolve("frozen.yaml");
    Files.writeString(
        frozen, base + "table_contracts: {refund: {tables: freeze}, invoice: {tables: freeze}}\n");
    assertThat(run(frozen, "replay").out())
        .contains("5 events read = 1 loaded + 0 duplicates + 4 bad");
    Files.writeString(settings, base + "table_contracts: {invoice: {tables: freeze}}\n");
    Child.Finished replayed = run(settings, "replay", "bad", "--reason", "contract_frozen");
    assertThat(replayed.out())
        .contains("2 events read = 1 loaded + 0 duplicates + 1 bad")
        .endsWith("1 event is bad again; `millrace inspect bad` shows why\n");
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @ParameterizedTest
  @CsvSource({
    "deep-1, too_deep, false",
    "malformed-1, malformed, true",
  })
  void aWholeBadEvent_isFound_byTheMessageIdInItsBytes(
      String messageId, String reason, boolean mentionOnly) throws Exception {
    JsonNode bad = inspect("event", messageId, "--since", "2026-11-19").get("bad");

    assertThat(texts(bad, "reason")).containsExactly(reason);
    assertThat(texts(bad, "mention_only")).containsExactly("" + mentionOnly);
    assertThat(texts(bad, "object")).containsExactly(batch.name());
  }

  @Test
  void anEventThatAReplayLoaded_saysWhereItWasBad_andWhatItCameIn() throws Exception {
    JsonNode event = inspect("event", "frozen-1");

    assertThat(texts(event.get("bad"), "load_id")).containsExactly(LoadId.of(batch));
    assertThat(texts(event.get("bad"), "replayed_by"))
        .isEqualTo(texts(event.get("roots"), "load_id"));
    assertThat(texts(event.get("roots"), "message_id")).containsExactly("frozen-1");
    assertThat(texts(event.get("batches"), "object")).contains(batch.name());
  }

  @Test
  void anEventThatIsBadAgain_isFoundInBothLoads() throws Exception {
    assertThat(texts(inspect("event", "frozen-2").get("bad"), "reason"))
        .containsExactly("contract_frozen", "contract_frozen");
  }

  @Test
  void reasons_countWhatIsStillBad_andBesideItWhatWasReplayed() throws Exception {
    JsonNode document = inspect("bad", "--since", "2026-11-19");

    assertThat(texts(document.get("reasons"), "reason"))
        .containsExactly("contract_frozen", "malformed", "too_deep");
    assertThat(texts(document.get("reasons"), "events")).containsExactly("1", "1", "1");
    assertThat(texts(document.get("reasons"), "replayed")).containsExactly("2", "0", "0");
    assertThat(document.get("samples")).hasSize(3);
    assertThat(inspect("bad", "--all").get("samples")).hasSize(5);
  }

  @Test
  void replays_areCountedApart_andHaveNoLag() throws Exception {
    JsonNode document = inspect("batches");

    assertThat(document.get("total").get("events_read").asLong()).isEqualTo(5);
    assertThat(document.get("replays").get("events_read").asLong()).isEqualTo(2);
    assertThat(texts(document.get("batches"), "bucket"))
        .containsExactly("bad_events", batch.bucket());
    assertThat(document.get("batches").get(0).get("lag_seconds").isNull()).isTrue();
  }

  private static List<String> texts(JsonNode list, String key) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.get(key).asString()));
    return texts;
  }

  private static JsonNode inspect(String... arguments) throws Exception {
    List<String> whole = new ArrayList<>(List.of("inspect"));
    whole.addAll(List.of(arguments));
    whole.add("--json");
    Path settings = folder.resolve("frozen.yaml");
    return JsonMapper.shared().readTree(run(settings, whole.toArray(String[]::new)).out());
  }

  private static Child.Finished run(Path settings, String... arguments) throws Exception {
    List<String> whole = new ArrayList<>(List.of(arguments));
    whole.addAll(List.of("--settings", settings.toString()));
    try (Child child = MillraceCommand.start(environment, whole.toArray(String[]::new))) {
      Child.Finished finished = child.finish(PATIENCE);
      assertThat(finished.exitCode()).as(finished.err() + finished.out()).isZero();
      return finished;
    }
  }
}
