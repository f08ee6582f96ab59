package dev.millrace.cli.catalog;

import dev.millrace.cli.page.Markup;
import dev.millrace.cli.show.Counted;
import dev.millrace.normalizer.schema.DataType;
import java.util.Locale;

/** A column's row in its table's part of the page. */
record ColumnRow(CatalogColumn column, TableRows rows) {
  Markup markup() {
    Markup row =
        new Markup()
            .open("tr", "class", column.isSystem() ? "sys" : null)
            .open("th", "scope", "row")
            .element("code", column.name());
    if (column.notes().description() != null) {
      row.element("p", column.notes().description());
    }
    if (!column.notes().tags().isEmpty()) {
      row.open("p", "class", "tags");
      column.notes().tags().forEach(tag -> row.element("span", tag, "class", "badge tag"));
      row.close();
    }
    row.close().add(type());
    row.open("td", "class", "filled").add(share()).close();
    row.open("td", "class", "examples").add(examples()).close();
    row.open("td", "class", "seen muted small");
    if (column.firstSeen() != null) {
      row.add(Moment.day(column.firstSeen()));
    }
    return row.close().close();
  }

  private Markup type() {
    ColumnType type = column.type();
    Markup cell =
        new Markup()
            .open("td")
            .element(
                "span",
                type.word(),
                "class",
                "badge " + colour(type.type()),
                "title",
                type.physical());
    if (type.required()) {
      cell.text(" ").element("span", "required", "class", "muted small");
    }
    return cell.close();
  }

  private static String colour(DataType type) {
    if (type == null) {
      return "other";
    }
    return switch (type) {
      case TEXT -> "text";
      case BIGINT, DOUBLE, DECIMAL, WEI -> "num";
      case TIMESTAMP, DATE, TIME -> "time";
      case BOOL -> "bool";
      case JSON -> "json";
      case BINARY -> "other";
    };
  }

  private Markup share() {
    Markup share = new Markup();
    if (column.filled() == null || rows.read() == null || rows.read() == 0) {
      return share.element("span", "–", "class", "muted", "title", "no rows were read");
    }
    long filled = column.filled();
    double percent = 100.0 * filled / rows.read();
    String exact = "%s of %s".formatted(Counted.number(filled), Counted.of(rows.read(), "row"));
    return share
        .element("span", words(filled, percent), "class", "number", "title", exact)
        .open("svg", "class", "bar", "aria-hidden", "true")
        .empty("rect", "width", String.format(Locale.ROOT, "%.0f%%", percent), "height", "4")
        .close();
  }

  /** A share is only called 0 % or 100 % where it is. */
  private String words(long filled, double percent) {
    if (filled == 0 || filled == rows.read()) {
      return filled == 0 ? "0 %" : "100 %";
    }
    if (percent < 1) {
      return "< 1 %";
    }
    return percent > 99 ? "> 99 %" : Math.round(percent) + " %";
  }

  private Markup examples() {
    Examples examples = column.examples();
    Markup cell = new Markup();
    if (examples.hidden() != null) {
      return cell.element("span", "hidden: " + examples.hidden(), "class", "muted small");
    }
    for (String value : examples.values()) {
      cell.open("code").element("bdi", value).close().text(" ");
    }
    return cell;
  }
}
