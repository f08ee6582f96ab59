package dev.millrace.loader.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.fakes.FakeSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/settings.md} to what the reader knows, and what it knows to the reader. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("../docs/settings.md");
  private static final Settings BASE = Settings.of("none", Map.of());
  private static final Pattern ENTRY =
      Pattern.compile("(?ms)^### `([^`]+)`\n(.*?)(?=^#{2,3} |\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  /** Keys that have one value only, so that an example can't change anything. */
  private static final List<String> WITHOUT_CHOICE = List.of("naming");

  @Test
  void thePageIsWhatTheSettingsSayOfThemselves() throws IOException {
    if (Boolean.getBoolean("settings.page.write")) {
      Files.writeString(PAGE, SettingsPage.text());
    }

    assertThat(page())
        .withFailMessage(
            "docs/settings.md is made of the settings' descriptions, and is not what they say now."
                + " Change those, not the page, then run: scripts/test -pl loader -am"
                + " -Dtest=SettingsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dsettings.page.write=true")
        .isEqualTo(SettingsPage.text());
  }

  @Test
  void everyKeyHasItsEntryAndEveryEntryItsKey() throws IOException {
    assertThat(entries().keySet()).containsExactlyElementsOf(SettingKeys.ALL);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyEntrysExampleIsReadAndChangesSomething(String key) throws IOException {
    List<String> examples = examples(entries().get(key));

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertChangesSomething(key, example);
    }
  }

  private static void assertChangesSomething(String key, String example) throws IOException {
    Settings settings = read(example);
    if (key.startsWith(SettingKeys.COLLECTOR)) {
      assertThat(SettingsReader.readCollector("example", example.getBytes(StandardCharsets.UTF_8)))
          .isNotEqualTo(CollectorSettings.DEFAULT);
    } else if (!WITHOUT_CHOICE.contains(key)) {
      assertThat(settings).isNotEqualTo(BASE);
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyEntrysExampleHasTheKey(String key) throws IOException {
    String last = key.substring(key.lastIndexOf('.') + 1);

    if (!last.startsWith("<")) {
      assertThat(examples(entries().get(key)).get(0)).contains(last + ":");
    }
  }

  @Test
  void theWholeFileIsRead() throws IOException {
    String beforeEntries = page().substring(0, page().indexOf("\n## "));

    assertThat(read(examples(beforeEntries).get(0)).normalizer().privacy().rules()).hasSize(3);
  }

  static Stream<String> keys() {
    return SettingKeys.ALL.stream();
  }

  private static Settings read(String yaml) throws IOException {
    return SettingsReader.over(BASE)
        .withSecrets(kind -> Optional.of(new FakeSecrets(kind, "a key of enough bytes")))
        .read("example", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> entries() throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    Matcher matcher = ENTRY.matcher(page());
    while (matcher.find()) {
      assertThat(entries.put(matcher.group(1), matcher.group(2))).isNull();
    }
    return entries;
  }

  private static List<String> examples(String text) {
    List<String> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(text);
    while (matcher.find()) {
      examples.add(matcher.group(1));
    }
    return examples;
  }

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }
}
