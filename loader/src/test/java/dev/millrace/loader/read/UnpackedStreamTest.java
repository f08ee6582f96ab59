package dev.millrace.loader.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnpackedStreamTest {
  private static UnpackedStream of(String text, long limit) {
    return new UnpackedStream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit);
  }

  @Test
  void read_exactlyTheLimit_endsWell() throws IOException {
    assertThat(of("abc", 3).readAllBytes()).hasSize(3);
  }

  @Test
  void read_beyondTheLimit_failsAndStaysFailed() {
    UnpackedStream stream = of("abcd", 3);

    assertThatThrownBy(stream::readAllBytes).isInstanceOf(UnpackedLimitException.class);
    assertThatThrownBy(stream::read).isSameAs(stream.failure());
  }

  @Test
  void line_atFailure_isWhatFollowsTheLastNewline() {
    UnpackedStream stream = of("one\ntwo\nthree", 10);

    assertThatThrownBy(stream::readAllBytes).isInstanceOf(UnpackedLimitException.class);
    assertThat(new String(stream.line(), StandardCharsets.UTF_8)).isEqualTo("th");
    assertThat(stream.lineStart()).isEqualTo(8);
  }

  @Test
  void line_overSeveralReads_isPutTogether() throws IOException {
    UnpackedStream stream = of("a\nbcdefgh", 100);
    stream.readNBytes(3);
    stream.readNBytes(3);

    assertThat(new String(stream.line(), StandardCharsets.UTF_8)).isEqualTo("bcde");
  }

  @Test
  void line_longerThan64KiB_keepsItsBeginning() throws IOException {
    UnpackedStream stream = of("x\n" + "y".repeat(100_000), 1 << 20);
    stream.readAllBytes();

    assertThat(stream.line()).hasSize(64 << 10);
    assertThat(stream.bytes() - stream.lineStart()).isEqualTo(100_000);
  }
}
