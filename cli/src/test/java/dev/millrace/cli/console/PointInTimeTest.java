package dev.millrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
  private final PointInTime times = new PointInTime();

  @Test
  void a_day_begins_at_midnight_utc_and_a_time_has_an_offset() {
    assertThat(times.convert("2026-11-23")).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(times.convert("2026-11-23T10:00:00+02:00"))
        .isEqualTo(Instant.parse("2026-11-23T08:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-01", "2026-11-23T10:00:00", "", "1795451447"})
  void anything_else_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> times.convert(text)).hasMessageContaining("write 2026-11-23");
  }
}
