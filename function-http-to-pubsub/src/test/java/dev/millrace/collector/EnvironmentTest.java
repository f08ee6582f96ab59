package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  @TempDir private Path folder;

  private Map<String, String> variables() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys.json"), "{\"k\":\"shop\"}");
    return new HashMap<>(
        Map.of(
            "MILLRACE_WRITE_KEYS_FILE", keys.toString(),
            "MILLRACE_TOPIC", "projects/p/topics/events",
            "MILLRACE_DEAD_LETTER_TOPIC", "projects/p/topics/refused",
            "PUBSUB_EMULATOR_HOST", "127.0.0.1:1"));
  }

  @Test
  void aWholeEnvironmentOpensACollector() throws Exception {
    try (Collector collector = new Environment(variables()).collector()) {
      assertThat(collector.handle(FakeRequest.of("GET", "/v1/projects/k/settings")).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MILLRACE_WRITE_KEYS_FILE, , is not set; set it to the path of a JSON file",
    "MILLRACE_WRITE_KEYS_FILE, /nowhere/keys, can't be read",
    "MILLRACE_TOPIC, , is not set; set it to projects/<project>/topics/<topic>",
    "MILLRACE_TOPIC, events, is no topic",
    "MILLRACE_DEAD_LETTER_TOPIC, , is not set",
    "MILLRACE_SETTINGS, /nowhere/millrace.yaml, there is no such file",
    "MILLRACE_PUBLIC_URL, collect.example.com, is no address",
    "MILLRACE_TRUSTED_PROXIES, many, is no whole number from 0 to 10"
  })
  void whatIsMissingOrWrongIsNamed(String variable, String value, String message) throws Exception {
    Map<String, String> variables = variables();
    variables.put(variable, value == null ? "" : value);

    assertThatThrownBy(() -> new Environment(variables).collector()).hasMessageContaining(message);
  }
}
