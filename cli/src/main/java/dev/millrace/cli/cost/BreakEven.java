package dev.millrace.cli.cost;

import java.util.OptionalDouble;

/**
 * From how many events a user on the pipeline costs more than a plan that counts users: compared
 * are a later month's bill beyond the free tiers, and the plan at the price of that many users.
 *
 * @param workload its events don't matter
 */
record BreakEven(Workload workload, PriceList prices, Plan plan, long users) {
  private static final double MOST_EVENTS = 1e14;

  /** What the plan asks for the users, however much they send; empty if that isn't public. */
  OptionalDouble planUsd() {
    return plan.usd(0, users);
  }

  /** Events a user, a month; empty where the pipeline costs less for any number of events. */
  OptionalDouble eventsPerUser() {
    if (planUsd().isEmpty() || ours(MOST_EVENTS) <= planUsd().getAsDouble()) {
      return OptionalDouble.empty();
    }
    double below = 0;
    double above = MOST_EVENTS;
    while (above - below > 1) {
      double middle = (below + above) / 2;
      if (ours(middle) < planUsd().getAsDouble()) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return OptionalDouble.of(above / users);
  }

  private double ours(double events) {
    return Bill.billed(new Bill(workload.withEvents((long) events), prices).laterMonth());
  }
}
