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

  /** A sentence for each price that is too old to rely on, Google's first. */
  List<String> warnings(LocalDate today) {
    List<String> warnings = new ArrayList<>();
    for (Item item : Item.values()) {
      Provenance provenance = of(item).provenance();
      if (provenance.isOld(today)) {
        warnings.add(old(item.key() + " (" + of(item).text() + ")", provenance, today));
      }
    }
    for (Plan plan : plans.values()) {
      if (plan.provenance().isOld(today)) {
        warnings.add(old(plan.title(), plan.provenance(), today));
      }
    }
    return warnings;
  }

  private static String old(String what, Provenance provenance, LocalDate today) {
    return "The price of %s is of %s, %d days old. Look at %s and give today's with --prices."
        .formatted(what, provenance.date(), provenance.ageDays(today), provenance.source());
  }
}
