package dev.millrace.cli.cost;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What everything costs in one region, and what others ask.
 *
 * @param region as the price list calls it
 * @param title what the region stands for
 * @param prices one for each item
 * @param plans by their keys
 */
record PriceList(String region, String title, Map<Item, Price> prices, Map<String, Plan> plans) {
  /** The plan that the original post compares with. */
  static final String SEGMENT = "segment_team";

  PriceList {
    prices = Map.copyOf(prices);
  }

  Price of(Item item) {
    return prices.get(item);
  }

  Plan segment() {
    return plans.get(SEGMENT);
  }

  /** The prices that are too old to rely on, Google's first. */
  List<OldPrice> old(LocalDate today) {
    List<OldPrice> old = new ArrayList<>();
    for (Item item : Item.values()) {
      addIfOld(old, item.key(), of(item).provenance(), today);
    }
    for (Plan plan : plans.values()) {
      addIfOld(old, plan.title(), plan.provenance(), today);
    }
    return old;
  }

  private static void addIfOld(
      List<OldPrice> old, String name, Provenance provenance, LocalDate today) {
    if (provenance.isOld(today)) {
      old.add(new OldPrice(name, provenance, provenance.ageDays(today)));
    }
  }
}
