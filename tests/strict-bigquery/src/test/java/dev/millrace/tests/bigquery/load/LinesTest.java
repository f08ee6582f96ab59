package dev.millrace.tests.bigquery.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static Lines lines(String text, int greatestLength) {
    return new Lines(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), greatestLength);
  }

  private static String text(Lines lines) {
    return new String(lines.line(), 0, lines.length(), StandardCharsets.UTF_8);
  }

  @Test
  void advance_findsEveryLineWhateverItsLength_andWhereItStarts() throws Exception {
    long seed = 20261126;
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      expected.add("x".repeat(random.nextInt(i % 10 == 0 ? 200_000 : 50)));
    }
    Lines lines = lines(String.join("\n", expected), 1_000_000);
    long start = 0;
    for (String line : expected) {
      assertThat(lines.advance()).as("seed %d", seed).isTrue();
      assertThat(lines.start()).isEqualTo(start);
      assertThat(text(lines)).isEqualTo(line);
      start += line.length() + 1;
    }
    assertThat(lines.advance()).isFalse();
  }

  @Test
  void aLineThatIsTooLong_isPassedOver_andTheNextIsRead() throws Exception {
    Lines lines = lines("12345\n" + "y".repeat(200_000) + "\n54321\n", 5);
    assertThat(lines.advance()).isTrue();
    assertThat(lines.isTooLong()).isFalse();
    assertThat(lines.advance()).isTrue();
    assertThat(lines.isTooLong()).isTrue();
    assertThat(lines.advance()).isTrue();
    assertThat(lines.isTooLong()).isFalse();
    assertThat(text(lines)).isEqualTo("54321");
    assertThat(lines.advance()).isFalse();
  }
}
