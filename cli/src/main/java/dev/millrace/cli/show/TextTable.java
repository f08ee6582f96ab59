package dev.millrace.cli.show;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table for a person: a heading, a rule, rows; columns of numbers stand right. Long cells are
 * cut.
 */
public final class TextTable {
  private static final int WIDEST = 60;

  private final int widest;
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... headings) {
    this(Arrays.asList(headings));
  }

  public TextTable(List<String> headings) {
    this(WIDEST, headings);
  }

  private TextTable(int widest, List<String> headings) {
    this.widest = widest;
    this.headings = List.copyOf(headings);
  }

  /** A table of which nothing is cut. */
  public static TextTable whole(String... headings) {
    return new TextTable(Integer.MAX_VALUE, Arrays.asList(headings));
  }

  /**
   * Adds a row: a whole number or a decimal is written with thousands separated, null as nothing.
   *
   * @throws IllegalArgumentException if there are more or fewer cells than headings
   */
  public TextTable row(Object... cells) {
    return row(Arrays.asList(cells));
  }

  /** Adds a row, as {@link #row(Object...)} does. */
  public TextTable row(List<?> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells under " + headings.size() + " headings");
    }
    rows.add(cells.stream().map(this::text).toList());
    return this;
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, each indented by so many spaces, each with its newline. */
  public String indented(int spaces) {
    StringBuilder out = new StringBuilder();
    int columns = headings.size();
    int[] widths = new int[columns];
    boolean[] right = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      widths[i] = width(headings.get(i));
      right[i] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
        right[i] &= isNumber(row.get(i));
      }
    }
    line(out, spaces, headings, widths, right);
    line(out, spaces, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths, right);
    rows.forEach(row -> line(out, spaces, row, widths, right));
    return out.toString();
  }

  @Override
  public String toString() {
    return indented(0);
  }

  private static void line(
      StringBuilder out, int spaces, List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder(" ".repeat(spaces));
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - width(cells.get(i)));
      line.append(i == 0 ? "" : "  ");
      line.append(right[i] ? padding : "").append(cells.get(i)).append(right[i] ? "" : padding);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private String text(Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof Long || cell instanceof Integer || cell instanceof BigInteger) {
      return String.format(Locale.ROOT, "%,d", cell);
    }
    if (cell instanceof BigDecimal decimal) {
      return String.format(Locale.ROOT, "%,." + decimal.scale() + "f", decimal);
    }
    String text = printable(cell.toString());
    if (width(text) <= widest) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, widest - 1)) + "…";
  }

  /** What came from outside can't move the cursor or colour the screen. */
  public static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.chars().allMatch(c -> "0123456789.,-+%".indexOf(c) >= 0);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
