package dev.millrace.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.replay.ReplayReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayBarTest {
  private static ReplayReport report(long before, long loaded, long left) {
    return new ReplayReport(
        before + loaded + left,
        before,
        loaded,
        new ReplayReport.Events(0, 0, 0, 0),
        0,
        List.of(),
        left,
        List.of());
  }

  @Test
  void the_bar_says_how_far_it_is_and_what_became_of_the_batches() {
    assertThat(ReplayBar.line(1_200, report(300, 0, 0)))
        .isEqualTo("[######------------------] 300 of 1,200 batches: 0 loaded, 300 in before");
    assertThat(ReplayBar.line(4, report(1, 2, 1)))
        .isEqualTo("[########################] 4 of 4 batches: 2 loaded, 1 in before, 1 not");
  }
}
