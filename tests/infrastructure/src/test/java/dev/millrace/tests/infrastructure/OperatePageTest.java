package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/operate.md} has every knob and every alert of the module. */
@Tag("once")
class OperatePageTest {
  private static final Path MODULE = Checkout.root().resolve("terraform");

  @Test
  void everyVariableIsAmongTheKnobs() throws Exception {
    List<String> variables = found("(?m)^variable \"(\\w+)\"", files("variables"));

    assertThat(variables).hasSizeGreaterThan(30);
    assertThat(page()).contains(variables.stream().map(name -> "`" + name + "`").toList());
  }

  @Test
  void everyAlertHasItsSection() throws Exception {
    List<String> alerts = found("(?m)^    (\\w+) = \\{\n      name ", files("alerts"));

    assertThat(alerts).hasSize(10);
    assertThat(page().lines().filter(line -> line.startsWith("### `")).toList())
        .containsExactlyInAnyOrderElementsOf(
            alerts.stream().map(name -> "### `" + name + "`").toList());
  }

  private static String page() throws IOException {
    return Files.readString(Checkout.root().resolve("docs/operate.md"));
  }

  private static String files(String prefix) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(MODULE)) {
      for (Path file :
          files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult r) -> r.group(1))
        .toList();
  }
}
