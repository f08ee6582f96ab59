package dev.millrace.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds {@code docs/preview.md} to what {@code --json} prints. */
class PreviewPageTest {
  private static final Path PAGE = Path.of("../docs/preview.md");
  private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z_.\\[\\]]+)` \\|");

  /** Objects whose keys are names from events, reasons or guards. */
  private static final Set<String> BY_NAME = Set.of("bad.by_reason", "guards", "discarded_values");

  @Test
  void everyKeyIsDescribedAndEveryDescribedKeyIsThere(@TempDir Path folder) throws IOException {
    Path events =
        Files.writeString(
            folder.resolve("e.jsonl"),
            "{\"event\": \"a\", \"n\": 1}\n{\"event\": \"a\", \"n\": \"x\"}\n7\n");

    Run run = Run.millrace("preview", "--json", "--fail-on", "bad", events.toString());

    Set<String> printed = new TreeSet<>();
    collect("", JsonMapper.builder().build().readTree(run.out()), printed);
    assertThat(described()).isEqualTo(printed);
  }

  private static Set<String> described() throws IOException {
    Set<String> keys = new TreeSet<>();
    Matcher matcher = KEY.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      keys.add(matcher.group(1));
    }
    return keys;
  }

  private static void collect(String path, JsonNode node, Set<String> keys) {
    node.propertyStream()
        .forEach(
            property -> {
              JsonNode value = property.getValue();
              String key = (path.isEmpty() ? "" : path + ".") + property.getKey();
              key += value.isArray() ? "[]" : "";
              keys.add(key);
              // A place has the same keys wherever it stands; they are described once.
              if (BY_NAME.contains(key) || key.endsWith("].at")) {
                return;
              }
              if (value.isArray() && value.path(0).isObject()) {
                collect(key, value.path(0), keys);
              } else if (value.isObject()) {
                collect(key, value, keys);
              }
            });
  }
}
