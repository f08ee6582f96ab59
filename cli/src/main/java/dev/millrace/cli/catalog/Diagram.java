package dev.millrace.cli.catalog;

import dev.millrace.cli.page.Markup;
import dev.millrace.cli.show.Counted;

/**
 * A root table and its descendants as a drawing: a box each, the children below their parent and
 * set in, so that it is as readable on a phone as on a wide screen.
 */
final class Diagram {
  private static final int WIDTH = 340;
  private static final int BOX = 34;
  private static final int STEP = 44;
  private static final int INDENT = 26;
  private static final int MOST_DEPTH = 6;
  private static final double CHARACTER = 7.6;

  private final Families families;
  private final CatalogTable root;
  private int placed;

  Diagram(Families families, CatalogTable root) {
    this.families = families;
    this.root = root;
  }

  Markup svg() {
    Markup lines = new Markup();
    Markup boxes = new Markup();
    place(root, 0, lines, boxes);
    int height = placed * STEP - (STEP - BOX) + 4;
    String label =
        placed == 1
            ? root.name()
            : root.name() + " and " + Counted.of(placed - 1, "table") + " below it";
    return new Markup()
        .open(
            "svg",
            "viewBox",
            "0 0 %d %d".formatted(WIDTH, height),
            "role",
            "group",
            "aria-label",
            label)
        .add(lines)
        .add(boxes)
        .close();
  }

  private void place(CatalogTable table, int depth, Markup lines, Markup boxes) {
    int x = Math.min(depth, MOST_DEPTH) * INDENT + 1;
    int y = placed * STEP + 1;
    placed++;
    box(table, x, y, boxes);
    for (CatalogTable child : families.childrenOf(table)) {
      line(x + INDENT / 2, y + BOX, placed * STEP + 1 + BOX / 2, lines);
      place(child, depth + 1, lines, boxes);
    }
  }

  /** Down from the parent and into the child, where it forks: one row has many. */
  private static void line(int x, int from, int to, Markup lines) {
    int end = x + INDENT / 2;
    lines.empty(
        "path",
        "class",
        "line",
        "d",
        "M%d %dV%dH%dM%d %dL%d %dM%d %dL%d %d"
            .formatted(x, from, to, end, end - 7, to, end, to - 5, end - 7, to, end, to + 5));
  }

  private void box(CatalogTable table, int x, int y, Markup boxes) {
    String rows = Counted.number(table.rows().all());
    int room = WIDTH - x - 1;
    int letters = (int) ((room - 32 - rows.length() * 7) / CHARACTER);
    boxes
        .open("a", "href", Anchor.link(table.name()))
        .element(
            "title",
            "%s: %s, %s"
                .formatted(
                    table.name(),
                    Counted.of(table.fields().size(), "column"),
                    Counted.of(table.rows().all(), "row")))
        .empty(
            "rect",
            "class",
            table.parent() == null ? "box root" : "box",
            "x",
            text(x),
            "y",
            text(y),
            "width",
            text(room),
            "height",
            text(BOX),
            "rx",
            "5")
        .element(
            "text",
            shortened(table.shortName(), letters),
            "class",
            "name",
            "x",
            text(x + 11),
            "y",
            text(y + 22))
        .element("text", rows, "class", "rows", "x", text(WIDTH - 12), "y", text(y + 22))
        .close();
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  /** A name that is too long loses its middle. */
  private static String shortened(String name, int letters) {
    int length = name.codePointCount(0, name.length());
    if (length <= letters) {
      return name;
    }
    int head = name.offsetByCodePoints(0, letters / 2);
    int tail = name.offsetByCodePoints(name.length(), -(letters - letters / 2 - 1));
    return name.substring(0, head) + "…" + name.substring(tail);
  }
}
