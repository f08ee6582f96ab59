package dev.millrace.cli.catalog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a table stands in the page. */
final class Anchor {
  private Anchor() {}

  static String id(String table) {
    return "t-" + table;
  }

  /** The address of the place within the page. */
  static String link(String table) {
    return "#" + URLEncoder.encode(id(table), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
