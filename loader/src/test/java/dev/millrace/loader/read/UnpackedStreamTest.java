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
  void read_beyondTheLimit_givesTheLimitThenFails() throws IOException {
    UnpackedStream stream = of("abcd", 3);

    assertThat(stream.readNBytes(3)).hasSize(3);
    assertThatThrownBy(stream::read).isInstanceOf(UnpackedLimitException.class);
  }
}
