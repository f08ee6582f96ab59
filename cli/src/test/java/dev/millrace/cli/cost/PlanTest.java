package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  /** The estimate's table of vendors; Mixpanel only as far as it sells the plan. */
  @ParameterizedTest
  @CsvSource({
    "segment_team,      1000000,    120",
    "segment_team,      10000000,   465",
    "segment_team,      100000000,  4125",
    "segment_team,      1000000000, 40125",
    "segment_team,      10000000000,400125",
    "rudderstack_growth,1000000,    265",
    "jitsu_business,    1000000,    99",
    "jitsu_business,    10000000,   419",
    "jitsu_business,    100000000,  4019",
    "jitsu_business,    10000000000,400019",
    "posthog_events,    1000000,    0",
    "posthog_events,    10000000,   324",
    "posthog_events,    100000000,  2618",
    "posthog_events,    1000000000, 11618",
    "posthog_events,    10000000000,92618",
    "mixpanel_growth,   10000000,   2520",
  })
  void a_plan_asks_for_events(String plan, long events, double usd) {
    assertThat(plan(plan).usd(events, 0)).isPresent();
    assertThat(plan(plan).usd(events, 0).getAsDouble()).isCloseTo(usd, within(0.5));
  }

  @ParameterizedTest
  @CsvSource({"1000, 0", "1001, 120", "10000, 120", "25000, 300", "100000, 1125", "200000, 2125"})
  void segment_asks_for_users_tier_by_tier(long users, double usd) {
    assertThat(plan("segment_team").usd(0, users)).hasValue(usd);
  }

  @Test
  void users_who_send_more_than_the_plan_allows_are_paid_for_as_more_users() {
    assertThat(plan("segment_team").usd(50_000_000, 100_000)).hasValue(2125);
    assertThat(plan("segment_team").usd(25_000_000, 100_000)).hasValue(1125);
  }

  @Test
  void beyond_what_is_sold_at_a_public_price_there_is_no_price() {
    assertThat(plan("mixpanel_growth").usd(20_000_001, 0)).isEmpty();
    assertThat(plan("rudderstack_growth").usd(1_000_001, 0)).isEmpty();
  }

  private static Plan plan(String key) {
    return Given.prices().plans().get(key);
  }
}
