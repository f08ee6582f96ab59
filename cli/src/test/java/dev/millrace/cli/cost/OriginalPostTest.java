package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The figures that the post prints, from its own inputs. */
class OriginalPostTest {
  private final OriginalPost post = new OriginalPost(Given.prices().segment());

  @Test
  void segment_for_100_000_users_is_1000_dollars_rounded_and_1125_by_its_tiers() {
    assertThat(OriginalPost.SEGMENT_ROUNDED).isEqualTo(1000);
    assertThat(post.segmentByTiers()).isEqualTo(1125);
    assertThat(post.segmentByTiers()).isEqualTo(120 + 15 * 12 + 75 * 11);
  }

  @Test
  void a_million_events_is_37_dollars() {
    assertThat(post.perMillion()).isEqualTo(1_000_000 / 60.0 * 0.0022);
    assertThat(Math.round(post.perMillion())).isEqualTo(37);
  }

  @Test
  void the_users_events_are_55_dollars_at_15_each_and_220_at_60() {
    assertThat(post.forUsers(15)).isCloseTo(55, within(0.005));
    assertThat(post.forUsers(60)).isCloseTo(220, within(0.005));
  }

  @Test
  void break_even_is_near_270_events_a_user() {
    assertThat(post.breakEven()).isCloseTo(272.7, within(0.05));
    assertThat(post.breakEvenByTiers()).isCloseTo(306.8, within(0.05));
  }

  @Test
  void it_is_18_times_cheaper() {
    assertThat(post.times()).isCloseTo(18.2, within(0.05));
    assertThat(post.timesByTiers()).isCloseTo(20.5, within(0.05));
  }

  @Test
  void every_one_of_them_is_told_with_its_arithmetic() {
    assertThat(post.figures())
        .extracting(OriginalPost.Figure::printed)
        .contains("$1000", "$37", "$55", "$220", "under 270", "18x");
    assertThat(post.figures()).allSatisfy(figure -> assertThat(figure.how()).isNotBlank());
  }

  /** Google's page prices 512 MB with 800 MHz at $0.000000925 for 100 ms. */
  @Test
  void at_googles_prices_the_same_runs_cost_16_cents_a_million() {
    assertThat(post.perMillionCorrected())
        .isCloseTo(1_000_000 / 60.0 * (0.000000925 * 10 + 0.0000004), within(1e-9));
    assertThat(post.perMillionCorrected()).isCloseTo(0.161, within(0.0005));
    assertThat(post.corrections()).anySatisfy(text -> assertThat(text).contains("$0.367", "cents"));
  }
}
