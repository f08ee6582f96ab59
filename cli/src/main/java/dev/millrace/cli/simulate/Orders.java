package dev.millrace.cli.simulate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code Order Completed} with a list of products, each with a list of tags. */
final class Orders implements Kind {
  private static final String[] NAMES = {"Mug", "T-Shirt", "Poster", "Notebook", "Größentabelle"};
  private static final int[] CENTS = {1_290, 2_450, 1_800, 750, 199};

  @Override
  public Map<String, Object> draw(Draw draw) {
    int shopper = Shoppers.draw(draw);
    List<Map<String, Object>> products = new ArrayList<>();
    long totalCents = 0;
    int count = draw.between(1, 4);
    for (int i = 0; i < count; i++) {
      int which = draw.between(0, NAMES.length - 1);
      int quantity = draw.between(1, 5);
      totalCents += (long) CENTS[which] * quantity;
      Map<String, Object> product = new LinkedHashMap<>();
      product.put("productId", "p" + (which + 1));
      product.put("name", NAMES[which]);
      product.put("price", euros(CENTS[which]));
      product.put("quantity", quantity);
      product.put("tags", draw.some(2, "new", "sale", "eco", "gift"));
      products.add(product);
    }

    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("orderId", draw.word(12));
    properties.put("total", euros(totalCents));
    properties.put("currency", "EUR");
    properties.put("coupon", draw.percent(20) ? "WELCOME" : null);
    properties.put("products", products);

    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "track");
    event.put("userId", Shoppers.userId(shopper));
    event.put("anonymousId", Shoppers.anonymousId(shopper));
    event.put("event", "Order Completed");
    event.put("properties", properties);
    event.put("context", Shoppers.browser(draw));
    return event;
  }

  /** Always with two digits after the point, so that the first price decides on a column's type. */
  private static BigDecimal euros(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }
}
