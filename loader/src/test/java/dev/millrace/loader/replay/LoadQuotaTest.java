package dev.millrace.loader.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.fakes.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadQuotaTest {
  private static final Instant START = Instant.parse("2026-11-23T21:30:00Z");

  private final ManualClock clock = new ManualClock(START.toString());
  private final List<Instant> told = new ArrayList<>();
  private final ReplayListener listener =
      new ReplayListener() {
        @Override
        public void waiting(Instant until) {
          told.add(until);
        }
      };

  private LoadQuota quota(long jobs, long ofATable, Duration apart) {
    return new LoadQuota(new LoadLimits(jobs, ofATable, apart), clock, clock::advance);
  }

  private Duration load(LoadQuota quota, int batches, String... tables)
      throws InterruptedException {
    Instant start = clock.instant();
    for (int i = 0; i < batches; i++) {
      quota.await(listener);
      quota.used(Stream.of(tables).toList());
    }
    return Duration.between(start, clock.instant());
  }

  @Test
  void batches_begin_no_closer_together_than_they_may() throws InterruptedException {
    LoadQuota quota = quota(1_000, 1_000, Duration.ofMillis(400));

    assertThat(load(quota, 6)).isEqualTo(Duration.ofSeconds(2));
    assertThat(told).isEmpty();
  }

  @Test
  void the_jobs_of_a_day_used_up_the_rest_waits_until_they_are_a_day_old()
      throws InterruptedException {
    // Eight jobs a batch: two event tables and six for its outcome.
    LoadQuota quota = quota(80, 1_000, Duration.ZERO);

    assertThat(load(quota, 10, "a", "b")).isZero();
    load(quota, 1, "a", "b");

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-24T21:00:00Z"));
    assertThat(told).containsExactly(Instant.parse("2026-11-23T22:00:00Z"));
  }

  @Test
  void the_jobs_of_one_table_used_up_the_rest_waits_too() throws InterruptedException {
    LoadQuota quota = quota(1_000_000, 3, Duration.ZERO);

    assertThat(load(quota, 3)).isZero();
    assertThat(load(quota, 1)).isGreaterThan(Duration.ofHours(23));
  }

  @Test
  void without_limits_nothing_waits() throws InterruptedException {
    assertThat(load(LoadQuota.none(), 10_000, "a")).isZero();
  }
}
