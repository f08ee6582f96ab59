package dev.millrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PointInTimeTest {
  private final PointInTime times =
      new PointInTime(Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "2026-11-25, 2026-11-25T00:00:00Z",
    "2026-11-25T10:30:00Z, 2026-11-25T10:30:00Z",
    "2026-11-25T10:30:00.5+01:00, 2026-11-25T09:30:00.500Z",
    "90m, 2026-11-26T10:30:00Z",
    "24h, 2026-11-25T12:00:00Z",
    "7d, 2026-11-19T12:00:00Z",
  })
  void a_time_is_a_day_a_moment_or_how_long_ago_it_was(String text, Instant time) {
    assertThat(times.convert(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "7", "7w", "-1d", "2026-13-01", "2026-11-25T10:30"})
  void anything_else_is_refused_with_what_to_write(String text) {
    assertThatThrownBy(() -> times.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "' is no time: write 2026-11-26");
  }
}
