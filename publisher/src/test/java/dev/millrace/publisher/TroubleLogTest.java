package dev.millrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class TroubleLogTest {
  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final TroubleLog log = new TroubleLog(new ListLogger(), new TestClock());

  @Test
  void sameTroubleWithinAMinute_isSaidOnce() {
    log.warn(Outcome.Reason.QUEUE_FULL, "full");
    now = now.plusSeconds(59);
    log.warn(Outcome.Reason.QUEUE_FULL, "full");
    assertThat(lines).containsExactly("full");
  }

  @Test
  void sameTroubleAfterAMinute_saysHowManyWereKeptQuiet() {
    log.warn(Outcome.Reason.QUEUE_FULL, "full");
    log.warn(Outcome.Reason.QUEUE_FULL, "full");
    now = now.plusSeconds(60);
    log.warn(Outcome.Reason.QUEUE_FULL, "full");
    assertThat(lines).containsExactly("full", "full (1 more like it since the last line)");
  }

  @Test
  void otherTrouble_isSaidAtOnce() {
    log.warn(Outcome.Reason.QUEUE_FULL, "full");
    log.warn(Outcome.Reason.CLOSED, "closed");
    assertThat(lines).containsExactly("full", "closed");
  }

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final class ListLogger implements System.Logger {
    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
      lines.add(format);
    }
  }
}
