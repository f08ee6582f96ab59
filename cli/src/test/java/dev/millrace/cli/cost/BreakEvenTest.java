package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BreakEvenTest {
  @Test
  void at_break_even_the_bill_is_what_the_plan_asks() {
    BreakEven even = of(100_000);
    long events = Math.round(even.eventsPerUser().getAsDouble() * 100_000);

    assertThat(even.planUsd()).hasValue(1125);
    assertThat(Bill.billed(Given.bill(events).laterMonth())).isCloseTo(1125, within(0.01));
  }

  @Test
  void against_a_free_plan_it_is_where_the_first_cent_falls_due() {
    BreakEven even = of(500);

    assertThat(even.planUsd()).hasValue(0);
    assertThat(even.eventsPerUser().getAsDouble()).isLessThan(1);
  }

  private static BreakEven of(long users) {
    return new BreakEven(Given.events(1), Given.prices(), Given.prices().segment(), users);
  }
}
