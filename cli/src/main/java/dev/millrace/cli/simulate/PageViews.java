package dev.millrace.cli.simulate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Page calls: they have a {@code type} and a {@code name}, and no {@code event}. */
final class PageViews implements Kind {
  @Override
  public Map<String, Object> draw(Draw draw) {
    int shopper = Shoppers.draw(draw);
    String page = draw.oneOf("Home", "Search", "Product", "Basket", "Checkout");

    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("path", "/" + page.toLowerCase(Locale.ROOT));
    properties.put("title", page + " – Café Größe");
    properties.put("durationMs", draw.between(10, 60_000));
    properties.put("scroll", draw.between(0.0, 1.0, 3));

    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "page");
    event.put("name", page);
    event.put("userId", draw.percent(60) ? Shoppers.userId(shopper) : null);
    event.put("anonymousId", Shoppers.anonymousId(shopper));
    event.put("properties", properties);
    event.put("context", Shoppers.browser(draw));
    return event;
  }
}
