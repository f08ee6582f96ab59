package dev.millrace.loader.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonRecordsTest {
  private static JsonNode record(LogRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JsonRecords(new PrintStream(bytes, true, StandardCharsets.UTF_8)).publish(record);
    String line = bytes.toString(StandardCharsets.UTF_8);
    assertThat(line.strip()).doesNotContain("\n");
    return JsonMapper.shared().readTree(line);
  }

  @Test
  void record_withParameters_isWrittenWithThem() {
    LogRecord record = new LogRecord(java.util.logging.Level.WARNING, "{0} of {1}\u0001");
    record.setParameters(new Object[] {"a\tb", 3});

    assertThat(record(record).get("message").asString()).isEqualTo("a\tb of 3\u0001");
    assertThat(record(record).get("severity").asString()).isEqualTo("WARNING");
  }

  @Test
  void record_withAnException_hasItsTrace() {
    LogRecord record = new LogRecord(java.util.logging.Level.SEVERE, "it failed");
    record.setThrown(new IllegalStateException("injected"));

    assertThat(record(record).get("message").asString())
        .startsWith("it failed\njava.lang.IllegalStateException: injected")
        .contains("at dev.millrace.loader.log.JsonRecordsTest");
    assertThat(record(record).get("severity").asString()).isEqualTo("ERROR");
  }
}
