package dev.millrace.cli.cost;

import dev.millrace.cli.page.Markup;
import java.util.Locale;

/** What the page's charts have in common as SVG. */
final class Drawing {
  private Drawing() {}

  /**
   * Opens a drawing.
   *
   * @param title what it shows, for those who don't see it
   * @param shownOn a class of the page's CSS that says on which screens
   */
  static Markup begin(String title, int width, int height, String shownOn) {
    return new Markup()
        .open(
            "svg",
            "class",
            "chart " + shownOn,
            "viewBox",
            "0 0 %d %d".formatted(width, height),
            "width",
            Integer.toString(width),
            "role",
            "img")
        .element("title", title);
  }

  static void text(Markup svg, String style, double x, double y, String text) {
    svg.element("text", text, "class", style, "x", number(x), "y", number(y));
  }

  /** A length or a place, in the drawing's units. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
