package dev.millrace.cli.cost;

import dev.millrace.cli.page.Markup;
import java.util.List;
import java.util.Locale;

/**
 * Where the money goes, at list prices: a bar for each volume, cut as the bill is.
 *
 * @param volumes events a month
 */
record MoneyBars(CostReport report, List<Long> volumes) {
  private static final double LEFT = 46;
  private static final double RIGHT = 70;
  private static final double ROW = 34;
  private static final double BAR = 22;

  /** A part of the bill, as a bar shows it: bucket and operations are one. */
  private record Part(String name, String style, List<Integer> lines) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("publishing", "s1", List.of(0)),
          new Part("writing batches", "s2", List.of(1)),
          new Part("bucket", "s3", List.of(2, 3)),
          new Part("the function", "s4", List.of(4)),
          new Part("tables", "s5", List.of(5, 6)));

  /** The drawing. */
  Markup svg(int width, String shownOn) {
    int height = (int) (ROW * volumes.size() + 6);
    Markup svg =
        Drawing.begin(
            "Shares of a month's bill at list prices, by events a month", width, height, shownOn);
    for (int i = 0; i < volumes.size(); i++) {
      row(svg, volumes.get(i), i * ROW + 4, width - LEFT - RIGHT);
    }
    return svg.close();
  }

  /** The colours' meaning. */
  Markup legend() {
    Markup legend = new Markup().open("ul", "class", "legend");
    for (Part part : PARTS) {
      legend.open("li").add(swatch(part.style())).text(part.name()).close();
    }
    return legend.close();
  }

  private static Markup swatch(String style) {
    return new Markup()
        .open(
            "svg", "class", "swatch", "viewBox", "0 0 14 14", "width", "14", "aria-hidden", "true")
        .empty("rect", "class", "bar " + style, "x", "1", "y", "1", "width", "12", "height", "12")
        .close();
  }

  private void row(Markup svg, long events, double top, double width) {
    List<BillLine> lines =
        new Bill(report.workload().withEvents(events), report.prices()).laterMonth();
    double total = Bill.total(lines);
    Drawing.text(svg, "tick end", LEFT - 6, top + 16, CostCharts.count(events));
    double x = LEFT;
    for (Part part : PARTS) {
      double share = part.lines().stream().mapToDouble(i -> lines.get(i).list()).sum() / total;
      svg.open(
          "rect",
          "class",
          "bar " + part.style(),
          "x",
          Drawing.number(x),
          "y",
          Drawing.number(top),
          "width",
          Drawing.number(share * width),
          "height",
          Drawing.number(BAR));
      svg.element("title", "%s %.0f %%".formatted(part.name(), share * 100)).close();
      if (share > 0.12) {
        Drawing.text(svg, "inside", x + share * width / 2, top + 15.5, percent(share));
      }
      x += share * width;
    }
    Drawing.text(svg, "tick", x + 6, top + 16, Usd.text(total));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }
}
