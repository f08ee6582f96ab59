package dev.millrace.cli.cost;

import java.time.LocalDate;
import java.util.List;

/**
 * All that a run of {@code millrace cost} has to say, whatever form it is said in.
 *
 * @param measured where the traffic was read; null if it was given
 * @param today what the age of prices is counted from
 */
record CostReport(Workload workload, PriceList prices, String measured, LocalDate today) {
  Bill bill() {
    return new Bill(workload, prices);
  }

  Traffic traffic() {
    return workload.traffic();
  }

  /** A later month beyond the free tiers: what is compared with others. */
  double ours() {
    return Bill.billed(bill().laterMonth());
  }

  /** The post that this comes from. */
  OriginalPost original() {
    return new OriginalPost(prices.segment());
  }

  /** The users that the break-even is told for: those given, else the post's. */
  BreakEven breakEven() {
    long users = traffic().users() > 0 ? traffic().users() : OriginalPost.USERS;
    return new BreakEven(workload, prices, prices.segment(), users);
  }

  List<OldPrice> oldPrices() {
    return prices.old(today);
  }
}
