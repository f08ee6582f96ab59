package dev.millrace.loader.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/operate.md} to the catalogue of failures. */
class OperationsPageTest {
  private static final Path PAGE = Path.of("../docs/operate.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (object|passing|configuration|us) \\|");

  @Test
  void everyCodeHasItsRowWithWhoseFaultItIs() throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    while (row.find()) {
      told.put(row.group(1), row.group(2));
    }
    Map<String, String> expected = new LinkedHashMap<>();
    for (LoadError error : LoadError.values()) {
      expected.put(error.code(), error.blame().name().toLowerCase(Locale.ROOT));
    }
    // A batch of which rows are refused is loaded: no failure of the catalogue.
    expected.put("refused_by_warehouse", "us");

    assertThat(told).isEqualTo(expected);
  }
}
