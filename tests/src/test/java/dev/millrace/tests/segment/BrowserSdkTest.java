package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Segment's library for browsers, in Chromium, on a page of another origin: at its current release,
 * which sends {@code Authorization} and so asks before each call, and as it was before.
 */
@Tag("once")
@Timeout(600)
class BrowserSdkTest {
  private static final int BURST = 100;

  @BeforeAll
  static void installTheBrowser() throws Exception {
    Browser.install();
  }

  // Before it sent Authorization, it sent batches by https alone, so there its burst is single
  // calls.
  @ParameterizedTest
  @CsvSource({"@segment/analytics-next, true", "analytics-next-without-authorization, false"})
  void everyCallIsInItsTableOnceAndNothingIsSentTwice(
      String library, boolean batching, @TempDir(cleanup = CleanupMode.NEVER) Path folder)
      throws Exception {
    Path packages = SegmentSdk.nodeFolder();
    SentEvents events = new SentEvents("analytics.js", BURST);
    try (CollectorPipeline pipeline = CollectorPipeline.start(folder);
        PageServer page =
            new PageServer(
                packages.resolve("page.html"),
                packages.resolve("node_modules").resolve(library).resolve("dist/umd"));
        Browser browser =
            Browser.open(
                page.address(
                    Map.of(
                        "collector",
                        pipeline.address(),
                        "key",
                        CollectorPipeline.KEY,
                        "batching",
                        batching,
                        "burst",
                        BURST)),
                folder.resolve("profile"))) {
      String outcome = page.outcome().get(3, TimeUnit.MINUTES);

      assertThat(outcome)
          .as(browser.printed())
          .isEqualTo("succeeded=" + events.count() + " failed=0");
      events.assertLoadedInto(pipeline.dataset());
      assertThat(pipeline.dataset().value("select context__ip from pages")).isEqualTo("127.0.0.1");
      CollectorPipeline.Tally tally = pipeline.end();
      assertThat(tally.count("accepted")).isEqualTo(events.count());
      assertThat(tally.count("retried")).isZero();
    }
  }
}
