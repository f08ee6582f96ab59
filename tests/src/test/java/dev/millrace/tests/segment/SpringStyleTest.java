package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** analytics-java as a bean of Spring, each message with a context of its own. */
@Timeout(300)
class SpringStyleTest {
  private static final int BURST = 300;

  @Test
  void everyMessageKeepsItsContextAndTheEndOfTheApplicationLosesNone(@TempDir Path folder)
      throws Exception {
    SentEvents events = new SentEvents(SegmentSdk.JAVA.library(), BURST);
    try (CollectorPipeline pipeline = CollectorPipeline.start(folder)) {
      List<String> command = new ArrayList<>(SegmentSdk.onThisClassPath(SpringProgram.class));
      command.addAll(List.of(pipeline.address(), CollectorPipeline.KEY, "" + BURST));

      assertThat(SegmentSdk.run(command)).isEqualTo("succeeded=" + events.count() + " failed=0");

      events.assertLoadedInto(pipeline.dataset());
      assertThat(
              pipeline
                  .dataset()
                  .rows(
                      """
                      select count(distinct context__request__number),
                             min(context__request__number - properties__number),
                             max(context__request__number - properties__number),
                             min(context__ip), min(context__user_agent)
                      from burst
                      """))
          .isEqualTo(List.of(List.of((long) BURST, 7L, 7L, "192.0.2.7", "Mozilla/5.0")));
      CollectorPipeline.Tally tally = pipeline.end();
      assertThat(tally.count("accepted")).isEqualTo(events.count());
      assertThat(tally.count("retried")).isZero();
    }
  }
}
