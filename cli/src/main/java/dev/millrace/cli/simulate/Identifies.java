package dev.millrace.cli.simulate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Identify calls: who a shopper is. */
final class Identifies implements Kind {
  @Override
  public Map<String, Object> draw(Draw draw) {
    int shopper = Shoppers.draw(draw);
    Map<String, Object> traits = new LinkedHashMap<>();
    traits.put("email", "shopper" + shopper + "@example.com");
    traits.put("plan", Shoppers.plan(shopper));
    traits.put("logins", draw.between(1, 400));

    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "identify");
    event.put("userId", Shoppers.userId(shopper));
    event.put("anonymousId", Shoppers.anonymousId(shopper));
    event.put("traits", traits);
    event.put("context", Shoppers.browser(draw));
    return event;
  }
}
