package dev.millrace.cli.cost;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What another vendor asks for a month: a base, and beyond it tiers of which each prices only what
 * falls into it.
 *
 * @param baseUsd even for the first event
 * @param tiers by where they end; the last one is open
 */
record Plan(
    String title,
    Meter meter,
    double baseUsd,
    List<Tier> tiers,
    Limits limits,
    Provenance provenance) {
  /** What is counted. */
  enum Meter {
    EVENTS,
    USERS
  }

  /**
   * @param upTo where it ends; more than anybody has for the last
   * @param usd for one {@code per}
   */
  record Tier(long upTo, double usd, Unit per) {}

  /**
   * @param freeUpTo where the free plan ends; 0 if there is none
   * @param soldUpTo beyond it no price is public; more than anybody has where there is no such end
   * @param eventsPerUser how many events a paid user may send; 0 for any number
   */
  record Limits(long freeUpTo, long soldUpTo, long eventsPerUser) {}

  Plan {
    tiers = List.copyOf(tiers);
  }

  /**
   * What a month costs in USD; empty where no price is public. Users who send more than the plan
   * allows are paid for as so many more users.
   */
  OptionalDouble usd(long events, long users) {
    long counted = meter == Meter.EVENTS ? events : Math.max(users, usersFor(events));
    if (counted <= limits.freeUpTo()) {
      return OptionalDouble.of(0);
    }
    return counted > limits.soldUpTo() ? OptionalDouble.empty() : OptionalDouble.of(paid(counted));
  }

  /** How many users must be paid for that many events, at the plan's limit; 0 without one. */
  long usersFor(long events) {
    long limit = limits.eventsPerUser();
    return limit == 0 ? 0 : (events + limit - 1) / limit;
  }

  private double paid(long counted) {
    double usd = baseUsd;
    long from = 0;
    for (Tier tier : tiers) {
      long within = Math.min(counted, tier.upTo()) - from;
      if (within > 0) {
        usd += within / tier.per().size() * tier.usd();
      }
      from = tier.upTo();
    }
    return usd;
  }
}
