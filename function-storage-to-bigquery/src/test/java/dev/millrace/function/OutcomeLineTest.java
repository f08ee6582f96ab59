package dev.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.function.log.LogLine;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeLineTest {
  private static LoadReport report(long refused, Map<String, Long> guards) {
    return report(refused, guards, Map.of());
  }

  private static LoadReport report(
      long refused, Map<String, Long> guards, Map<String, Long> badByReason) {
    Map<String, Duration> steps = new LinkedHashMap<>();
    steps.put("normalize", Duration.ofMillis(5));
    steps.put("load", Duration.ofMillis(1_234));
    return new LoadReport(
        "1.5",
        new LoadReport.Events(4, 2, 1, 1),
        Map.of("orders", 2L, "orders__items", 3L),
        refused,
        badByReason,
        List.of(),
        guards,
        100,
        new LoadReport.Times(Duration.ofSeconds(2), steps));
  }

  @Test
  void loaded_hasCountsAndTheTimeOfEachStep() {
    LogLine line = OutcomeLine.of(new LoadOutcome.Loaded(report(0, Map.of())));

    assertThat(line.level()).isEqualTo(Level.INFO);
    assertThat(line.fields())
        .containsEntry("read", 4L)
        .containsEntry("loaded", 2L)
        .containsEntry("duplicate", 1L)
        .containsEntry("bad", 1L)
        .containsEntry("rows", 5L)
        .containsEntry("tables", 2L)
        .containsEntry("bytes", 100L)
        .containsEntry("normalize_ms", 5L)
        .containsEntry("load_ms", 1_234L)
        .doesNotContainKeys("code", "refused");
  }

  @Test
  void loaded_withRefusedRows_isAnErrorOfOurs() {
    LogLine line = OutcomeLine.of(new LoadOutcome.Loaded(report(2, Map.of())));

    assertThat(line.level()).isEqualTo(Level.ERROR);
    assertThat(line.fields())
        .containsEntry("refused", 2L)
        .containsEntry("code", "refused_by_warehouse")
        .containsEntry("blame", "us");
  }

  @Test
  void loaded_withGuardsThatActed_isAWarning() {
    LogLine line = OutcomeLine.of(new LoadOutcome.Loaded(report(0, Map.of("tables", 3L))));

    assertThat(line.level()).isEqualTo(Level.WARNING);
    assertThat(line.fields()).containsEntry("guard_tables", 3L);
  }

  @Test
  void loaded_withBadEvents_saysWhy() {
    LogLine line =
        OutcomeLine.of(new LoadOutcome.Loaded(report(0, Map.of(), Map.of("malformed", 1L))));

    assertThat(line.level()).isEqualTo(Level.INFO);
    assertThat(line.fields()).containsEntry("bad_malformed", 1L).doesNotContainKey("code");
  }

  @Test
  void loaded_withPackedEventsInText_isAnErrorOfTheConfiguration() {
    LogLine line =
        OutcomeLine.of(new LoadOutcome.Loaded(report(0, Map.of(), Map.of("packed_in_text", 1L))));

    assertThat(line.level()).isEqualTo(Level.ERROR);
    assertThat(line.fields())
        .containsEntry("bad_packed_in_text", 1L)
        .containsEntry("code", "packed_in_text")
        .containsEntry("blame", "configuration");
  }
}
