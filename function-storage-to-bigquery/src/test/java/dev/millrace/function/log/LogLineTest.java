package dev.millrace.function.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
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
}
