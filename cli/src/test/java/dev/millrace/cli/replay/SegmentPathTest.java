package dev.millrace.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentPathTest {
  private static final Instant DAY = Instant.parse("2024-05-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "segment-logs/abc/1714521600000/file.gz",
        "segment-logs/abc/1714521600/file.gz",
        "1714521600000/1714525200.s3.json",
        "a/b/c/1714521600000/x.jsonl"
      })
  void a_file_in_the_folder_of_a_day_is_of_that_day(String path) {
    assertThat(SegmentPath.day(path)).contains(DAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1714521600000",
        "segment-logs/abc/1714521600000/deeper/file.gz",
        "segment-logs/abc/2024-05-01/file.gz",
        "segment-logs/abc/1714521600000/",
        "segment-logs/abc/1714521600000/readme.txt"
      })
  void anything_else_is_no_file_of_the_archive(String path) {
    assertThat(SegmentPath.day(path)).isEmpty();
  }

  @Test
  void a_day_is_chosen_if_any_of_it_lies_between_the_times() {
    String path = "s/1714521600000/f.gz";

    assertThat(SegmentDays.has(path, DAY.plusSeconds(86_399), Instant.MAX)).isTrue();
    assertThat(SegmentDays.has(path, DAY.plusSeconds(86_400), Instant.MAX)).isFalse();
    assertThat(SegmentDays.has(path, Instant.MIN, DAY)).isFalse();
    assertThat(SegmentDays.has(path, Instant.MIN, DAY.plusMillis(1))).isTrue();
  }
}
