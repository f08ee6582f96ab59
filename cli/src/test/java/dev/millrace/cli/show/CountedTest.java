package dev.millrace.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void nouns_follow_their_number() {
    assertThat(Counted.of(0, "event")).isEqualTo("0 events");
    assertThat(Counted.of(1, "event")).isEqualTo("1 event");
    assertThat(Counted.of(1_234_567, "batch")).isEqualTo("1,234,567 batches");
    assertThat(Counted.of(2, "query")).isEqualTo("2 queries");
  }

  @Test
  void bytes_take_the_unit_that_fits() {
    assertThat(Counted.bytes(1_023)).isEqualTo("1023 B");
    assertThat(Counted.bytes(1_536)).isEqualTo("1.5 KiB");
    assertThat(Counted.bytes(3L << 30)).isEqualTo("3.0 GiB");
  }

  @Test
  void times_take_the_unit_that_fits() {
    assertThat(Counted.time(Duration.ofMillis(420))).isEqualTo("0.42 s");
    assertThat(Counted.time(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
  }
}
