package dev.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLineTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private static String json(LogLine line, String project) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JsonLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), project).write(line);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode entry(LogLine line, String project) {
    return JsonMapper.shared().readTree(json(line, project));
  }

  private static LoadReport report(long refused, Map<String, Long> guards) {
    Map<String, Duration> steps = new LinkedHashMap<>();
    steps.put("normalize", Duration.ofMillis(5));
    steps.put("load", Duration.ofMillis(1_234));
    return new LoadReport(
        "1.5",
        new LoadReport.Events(4, 2, 1, 1),
        Map.of("orders", 2L, "orders__items", 3L),
        refused,
        Map.of(),
        List.of(),
        guards,
        100,
        new LoadReport.Times(Duration.ofSeconds(2), steps));
  }

  @Test
  void pairs_ofATextWithALineBreakAndQuotes_stayOnTheirLine() {
    LogLine line = new LogLine(Level.INFO, "loaded").with("batch", "a\n\"b\"\\").with("read", 3);

    assertThat(PairLog.pairs(line))
        .isEqualTo("outcome=\"loaded\" batch=\"a\\u000a\\\"b\\\"\\\\\" read=3");
  }

  @Test
  void emptyText_isLeftOut() {
    assertThat(new LogLine(Level.INFO, "ignored").with("trace", "").fields())
        .containsOnlyKeys("outcome");
  }

  @Test
  void json_isOneLineWithAKeyForEachField() {
    LogLine line =
        new LogLine(Level.WARNING, "try_again").with("batch", "a\n\u0001b").with("read", 3);

    assertThat(json(line, null).strip()).doesNotContain("\n").doesNotContain("\u0001");
    JsonNode entry = entry(line, null);
    assertThat(entry.get("severity").asString()).isEqualTo("WARNING");
    assertThat(entry.get("message").asString()).isEqualTo("try_again a\n\u0001b");
    assertThat(entry.get("outcome").asString()).isEqualTo("try_again");
    assertThat(entry.get("batch").asString()).isEqualTo("a\n\u0001b");
    assertThat(entry.get("read").isIntegralNumber()).isTrue();
  }

  @Test
  void json_withAProject_namesTheTraceAsCloudLoggingWantsIt() {
    JsonNode entry = entry(new LogLine(Level.INFO, "loaded").with("trace", TRACE), "shop");

    assertThat(entry.get("logging.googleapis.com/trace").asString())
        .isEqualTo("projects/shop/traces/" + TRACE);
    assertThat(entry.has("trace")).isFalse();
  }

  @Test
  void json_withoutAProject_keepsTheTraceId() {
    JsonNode entry = entry(new LogLine(Level.INFO, "loaded").with("trace", TRACE), null);

    assertThat(entry.get("trace").asString()).isEqualTo(TRACE);
  }

  @Test
  void loaded_hasCountsAndTheTimeOfEachStep() {
    LogLine line = OutcomeLine.of(new LoadOutcome.Loaded(report(0, Map.of())));

    assertThat(line.level()).isEqualTo(Level.INFO);
    assertThat(line.fields())
        .containsEntry("read", 4L)
        .containsEntry("loaded", 2L)
        .containsEntry("duplicate", 1L)
        .containsEntry("bad", 1L)
        .containsEntry("rows", 5L)
        .containsEntry("tables", 2L)
        .containsEntry("bytes", 100L)
        .containsEntry("normalize_ms", 5L)
        .containsEntry("load_ms", 1_234L)
        .doesNotContainKeys("code", "refused");
  }

  @Test
  void loaded_withRefusedRows_isAnErrorOfOurs() {
    LogLine line = OutcomeLine.of(new LoadOutcome.Loaded(report(2, Map.of())));

    assertThat(line.level()).isEqualTo(Level.ERROR);
    assertThat(line.fields())
        .containsEntry("refused", 2L)
        .containsEntry("code", "refused_by_warehouse")
        .containsEntry("blame", "us");
  }

  @Test
  void loaded_withGuardsThatActed_isAWarning() {
    LogLine line = OutcomeLine.of(new LoadOutcome.Loaded(report(0, Map.of("tables", 3L))));

    assertThat(line.level()).isEqualTo(Level.WARNING);
    assertThat(line.fields()).containsEntry("guard_tables", 3L);
  }

  @Test
  void traceparent_givesItsTraceId() {
    assertThat(TraceId.of(Optional.of("00-" + TRACE + "-b7ad6b7169203331-01"), Optional.empty()))
        .isEqualTo(TRACE);
  }

  @Test
  void googlesHeader_givesItsTraceId() {
    assertThat(TraceId.of(Optional.of("bad"), Optional.of(TRACE + "/1;o=1"))).isEqualTo(TRACE);
  }
}
