package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.topic.TopicFullException;
import dev.millrace.tests.process.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Segment's library for browsers does when the collector can't take its events: one page sends
 * every call to four collectors, one request each, with the library's own retries.
 */
@Tag("once")
@Timeout(600)
class BrowserFaultsTest {
  private static final int CALLS = SegmentSdk.CALLS;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEPT = ": succeeded=" + CALLS + " failed=0";
  private static final String FAILED = ": succeeded=0 failed=" + CALLS;

  private static final FailingTopic AWAY = FailingTopic.once(new IllegalStateException("down"));
  private static final FailingTopic FULL = FailingTopic.once(new TopicFullException(null));
  private static final FailingTopic NOBODYS = FailingTopic.never();
  private static final FailingTopic DEAD_LETTERS = FailingTopic.never();

  private static ServedCollector away;
  private static ServedCollector full;
  private static ServedCollector wrongKey;
  private static ServedCollector tooLarge;
  private static PageServer page;
  private static Browser browser;
  private static String outcome;

  @BeforeAll
  static void sendFromAPage(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
    Browser.install();
    away = ServedCollector.over(AWAY, FailingTopic.never(), 32 << 10);
    full = ServedCollector.over(FULL, FailingTopic.never(), 32 << 10);
    wrongKey = ServedCollector.over(NOBODYS, NOBODYS, 32 << 10);
    tooLarge = ServedCollector.over(NOBODYS, DEAD_LETTERS, 20);
    Path packages = SegmentSdk.nodeFolder();
    page =
        new PageServer(
            packages.resolve("faults.html"),
            packages.resolve("node_modules/@segment/analytics-next/dist/umd"));
    String collectors =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "away", target(away, CollectorPipeline.KEY),
                    "full", target(full, CollectorPipeline.KEY),
                    "wrongKey", target(wrongKey, "wrong"),
                    "tooLarge", target(tooLarge, CollectorPipeline.KEY)));
    browser = Browser.open(page.address(Map.of("collectors", collectors)), folder);
    outcome = page.outcome().get(3, TimeUnit.MINUTES);
  }

  private static Map<String, String> target(ServedCollector collector, String key) {
    return Map.of("address", collector.address(), "key", key);
  }

  @AfterAll
  static void closeAll() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {browser, page, away, full, wrongKey, tooLarge}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static void assertSentAgainOnce(
      String name, ServedCollector collector, FailingTopic topic, Refusal refusal)
      throws Exception {
    assertThat(outcome).as(browser.printed()).contains(name + KEPT);
    Eventually.until("all events arrive", PATIENCE, () -> topic.taken() >= CALLS);
    assertThat(topic.taken()).isEqualTo(CALLS);
    assertThat(collector.tally().refusedRequests(refusal)).isEqualTo(1);
    assertThat(collector.tally().requests()).isEqualTo(CALLS + 1);
  }

  @Test
  void whatPubSubDoesNotTakeAtOnceIsSentAgainAndArrives() throws Exception {
    assertSentAgainOnce("away", away, AWAY, Refusal.TOPIC_UNAVAILABLE);
    assertThat(away.tally().retriedRequests()).isEqualTo(1);
  }

  @Test
  void underOverloadTheLibraryWaitsAndSendsAgain() throws Exception {
    assertSentAgainOnce("full", full, FULL, Refusal.OVERLOADED);
  }

  @Test
  void aWrongKeyIsAFailureAndNothingIsSentTwice() {
    assertThat(outcome).as(browser.printed()).contains("wrongKey" + FAILED);
    assertThat(NOBODYS.taken()).isZero();
    assertThat(wrongKey.tally().requests()).isEqualTo(CALLS);
  }

  @Test
  void eventsThatAreTooLargeAreAFailureAndAreDeadLetters() {
    assertThat(outcome).as(browser.printed()).contains("tooLarge" + FAILED);
    assertThat(DEAD_LETTERS.taken()).isEqualTo(CALLS);
    assertThat(tooLarge.tally().requests()).isEqualTo(CALLS);
  }
}
