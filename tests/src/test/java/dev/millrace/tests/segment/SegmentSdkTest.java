package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segment's libraries for servers send to the collector of {@code millrace local}. */
@Tag("once")
@Timeout(600)
class SegmentSdkTest {
  private static final int BURST = 300;

  @ParameterizedTest
  @EnumSource(SegmentSdk.class)
  void everyCallIsInItsTableOnceAndNothingIsSentTwice(SegmentSdk sdk, @TempDir Path folder)
      throws Exception {
    SentEvents events = new SentEvents(sdk.library(), BURST);
    sdk.command();
    try (CollectorPipeline pipeline = CollectorPipeline.start(folder)) {
      String outcome = sdk.send(pipeline.address(), CollectorPipeline.KEY, BURST);

      assertThat(outcome).isEqualTo("succeeded=" + events.count() + " failed=0");
      events.assertLoadedInto(pipeline.dataset());
      assertThat(pipeline.refused()).doesNotExist();
      CollectorPipeline.Tally tally = pipeline.end();
      assertThat(tally.count("accepted")).isEqualTo(events.count());
      assertThat(tally.count("retried")).isZero();
    }
  }
}
