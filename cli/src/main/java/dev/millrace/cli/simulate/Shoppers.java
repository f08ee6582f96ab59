package dev.millrace.cli.simulate;

import java.util.LinkedHashMap;
import java.util.Map;

/** The people who look, buy and sign up: few enough that their events can be joined. */
final class Shoppers {
  private static final int COUNT = 500;

  private Shoppers() {}

  static int draw(Draw draw) {
    return draw.between(1, COUNT);
  }

  static String userId(int shopper) {
    return "u" + shopper;
  }

  static String anonymousId(int shopper) {
    return "browser-" + shopper;
  }

  static String plan(int shopper) {
    return shopper % 10 == 0 ? "business" : shopper % 3 == 0 ? "plus" : "free";
  }

  static Map<String, Object> browser(Draw draw) {
    Map<String, Object> screen = new LinkedHashMap<>();
    boolean phone = draw.percent(40);
    screen.put("width", phone ? 390 : 1920);
    screen.put("height", phone ? 844 : 1080);
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("locale", draw.oneOf("de-DE", "en-US", "fr-FR", "pt-BR"));
    context.put("screen", screen);
    context.put(
        "userAgent",
        phone
            ? "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
            : "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)");
    return context;
  }
}
