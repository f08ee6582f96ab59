package dev.millrace.cli.cost;

import dev.millrace.cli.page.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines over two logarithmic axes, as SVG.
 *
 * @param title what it shows, for those who don't see it
 * @param marks places on the x axis with a name
 */
record LineChart(String title, Axis x, Axis y, List<Series> series, List<Mark> marks) {
  private static final double LEFT = 46;
  private static final double TOP = 26;
  private static final double BOTTOM = 40;
  private static final double LINE_HEIGHT = 15;

  /** Room for the lines' names. */
  private static final double NAMES = 224;

  /**
   * @param min a power of ten
   * @param max a power of ten
   * @param tick how a power of ten is written
   */
  record Axis(String label, double min, double max, DoubleFunction<String> tick) {
    /** From 0 at the least to 1 at the most. */
    double place(double value) {
      return Math.log(value / min) / Math.log(max / min);
    }

    boolean holds(double value) {
      return value >= min && value <= max;
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (double tick = min; tick < max * 1.5; tick *= 10) {
        ticks.add(tick);
      }
      return ticks;
    }
  }

  record Point(double x, double y) {}

  /**
   * A line, or a dot where it has one point.
   *
   * @param style a class of the page's CSS
   */
  record Series(String name, String style, List<Point> points) {}

  record Mark(double x, String label) {}

  /**
   * The drawing.
   *
   * @param named whether each line has its name at its end; otherwise a legend must say it
   */
  Markup svg(int width, int height, String shownOn, boolean named) {
    Frame frame = new Frame(width - LEFT - (named ? NAMES : 12), height - TOP - BOTTOM);
    Markup svg = Drawing.begin(title, width, height, shownOn);
    grid(svg, frame);
    marks(svg, frame);
    series.forEach(line -> draw(svg, frame, line));
    if (named) {
      names(svg, frame);
    }
    return svg.close();
  }

  private void grid(Markup svg, Frame frame) {
    for (double tick : y.ticks()) {
      double at = frame.y(tick);
      line(svg, "grid", LEFT, at, LEFT + frame.width, at);
      Drawing.text(svg, "tick end", LEFT - 6, at + 4, y.tick().apply(tick));
    }
    for (double tick : x.ticks()) {
      double at = frame.x(tick);
      line(svg, "grid", at, TOP, at, TOP + frame.height);
      Drawing.text(svg, "tick middle", at, TOP + frame.height + 16, x.tick().apply(tick));
    }
    Drawing.text(svg, "tick middle", LEFT + frame.width / 2, TOP + frame.height + 34, x.label());
    Drawing.text(svg, "tick", 0, 12, y.label());
  }

  private void marks(Markup svg, Frame frame) {
    int row = 0;
    for (Mark mark : marks) {
      double at = frame.x(mark.x());
      boolean right = at > LEFT + frame.width / 2;
      line(svg, "mark", at, TOP, at, TOP + frame.height);
      Drawing.text(
          svg,
          "marked" + (right ? " end" : ""),
          right ? at - 4 : at + 4,
          TOP + frame.height - 7 - row * LINE_HEIGHT,
          mark.label());
      row++;
    }
  }

  private void draw(Markup svg, Frame frame, Series line) {
    List<Point> shown = line.points().stream().filter(this::holds).toList();
    if (shown.size() == 1) {
      svg.empty(
          "circle",
          "class",
          "dot " + line.style(),
          "cx",
          Drawing.number(frame.x(shown.get(0).x())),
          "cy",
          Drawing.number(frame.y(shown.get(0).y())),
          "r",
          "4");
      return;
    }
    StringBuilder points = new StringBuilder();
    for (Point point : shown) {
      points.append(Drawing.number(frame.x(point.x()))).append(',');
      points.append(Drawing.number(frame.y(point.y()))).append(' ');
    }
    svg.empty("polyline", "class", "line " + line.style(), "points", points.toString().strip());
  }

  /**
   * Names stand right of the frame beside their lines' ends, moved apart where they would touch.
   */
  private void names(Markup svg, Frame frame) {
    record Name(Series line, Point end) {}
    List<Name> names = new ArrayList<>();
    for (Series line : series) {
      List<Point> shown = line.points().stream().filter(this::holds).toList();
      if (!shown.isEmpty()) {
        names.add(new Name(line, shown.get(shown.size() - 1)));
      }
    }
    names.sort(Comparator.comparingDouble(name -> -name.end().y()));
    double free = TOP;
    for (Name name : names) {
      double wanted = frame.y(name.end().y());
      double at = Math.max(free, wanted);
      double edge = LEFT + frame.width;
      line(svg, "lead " + name.line().style(), frame.x(name.end().x()) + 3, wanted, edge + 12, at);
      Drawing.text(svg, "name " + name.line().style(), edge + 16, at + 4, name.line().name());
      free = at + LINE_HEIGHT;
    }
  }

  private boolean holds(Point point) {
    return x.holds(point.x()) && y.holds(point.y());
  }

  private static void line(Markup svg, String style, double x1, double y1, double x2, double y2) {
    svg.empty(
        "line",
        "class",
        style,
        "x1",
        Drawing.number(x1),
        "y1",
        Drawing.number(y1),
        "x2",
        Drawing.number(x2),
        "y2",
        Drawing.number(y2));
  }

  /** Where values lie in the drawing. */
  private final class Frame {
    private final double width;
    private final double height;

    Frame(double width, double height) {
      this.width = width;
      this.height = height;
    }

    double x(double value) {
      return LEFT + x.place(value) * width;
    }

    double y(double value) {
      return TOP + (1 - y.place(value)) * height;
    }
  }
}
