package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the log learns of what was counted. */
class TallyLogTest {
  private final Tally tally = new Tally();
  private final List<String> lines = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong(-5);
  private final TallyLog log = new TallyLog(tally, lines::add, clock::get);

  private void request(int suppressed) {
    tally.request(false);
    tally.suppressed(suppressed);
    log.mayTell();
  }

  @Test
  void itIsTheWholeTallyOnceAMinute() {
    request(1);
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    tally.refusedEvent(Refusal.EVENT_TOO_LARGE);
    request(2);
    request(3);

    assertThat(lines).containsExactly("requests=2 suppressed=3 refused.event_too_large=1");
  }

  @Test
  void atTheEndItIsToldOnceMoreWhereItHasChanged() {
    log.tell();
    assertThat(lines).isEmpty();

    request(1);
    log.tell();
    log.tell();

    assertThat(lines).containsExactly("requests=1 suppressed=1");
  }
}
