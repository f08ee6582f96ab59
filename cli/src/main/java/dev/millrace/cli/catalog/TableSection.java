package dev.millrace.cli.catalog;

import dev.millrace.cli.page.Markup;
import dev.millrace.cli.show.Counted;
import java.util.List;
import java.util.stream.Stream;

/** A table's part of the page. */
final class TableSection {
  private final Catalog catalog;
  private final JoinSql joins;

  TableSection(Catalog catalog, JoinSql joins) {
    this.catalog = catalog;
    this.joins = joins;
  }

  /**
   * @param open whether it is unfolded from the start
   */
  Markup markup(CatalogTable table, boolean open) {
    // A link to an id within details unfolds them, without a script.
    Markup section =
        new Markup()
            .open("details", "class", "table card", "open", open ? "open" : null)
            .open("summary")
            .add(name(table))
            .element("span", size(table), "class", "muted small")
            .close()
            .open("div", "id", Anchor.id(table.name()), "class", "body");
    section.add(about(table)).add(columns(table));
    catalog.families().parentOf(table).ifPresent(parent -> section.add(join(table, parent)));
    return section.close().close();
  }

  private static Markup name(CatalogTable table) {
    String above = table.name().substring(0, table.name().length() - table.shortName().length());
    Markup name = new Markup().open("h3");
    if (!above.isEmpty()) {
      name.element("span", above, "class", "above");
    }
    return name.text(table.shortName()).close();
  }

  private static String size(CatalogTable table) {
    int columns = table.fields().isEmpty() ? table.columns().size() : table.fields().size();
    return Counted.of(columns, "column") + " · " + Counted.of(table.rows().all(), "row");
  }

  private Markup about(CatalogTable table) {
    Markup about = new Markup();
    if (table.description() != null) {
      about.element("p", table.description());
    }
    about.open("p", "class", "muted small");
    if (table.firstSeen() != null) {
      about.text("First seen ").add(Moment.day(table.firstSeen())).text(". ");
    }
    if (table.rows().latest() != null) {
      about.text("Last row received ").add(Moment.minute(table.rows().latest())).text(". ");
    } else if (isEmptyLately(table.rows())) {
      about.text("No rows in the last %s. ".formatted(Counted.of(catalog.reading().days(), "day")));
    }
    catalog
        .families()
        .parentOf(table)
        .ifPresent(
            parent -> about.text("Child of ").add(link(parent.name(), parent.name())).text(". "));
    List<CatalogTable> children = catalog.families().childrenOf(table);
    if (!children.isEmpty()) {
      about.text("Parent of ");
      for (int i = 0; i < children.size(); i++) {
        about.text(i == 0 ? "" : ", ");
        about.add(link(children.get(i).name(), children.get(i).shortName()));
      }
      about.text(".");
    }
    return about.close();
  }

  private static boolean isEmptyLately(TableRows rows) {
    return rows.all() > 0 && rows.read() != null && rows.read() == 0;
  }

  private static Markup link(String table, String text) {
    return new Markup().element("a", text, "href", Anchor.link(table));
  }

  private static Markup columns(CatalogTable table) {
    Markup columns =
        new Markup()
            .open("table", "class", "columns")
            .open("thead")
            .open("tr")
            .element("th", "Column", "scope", "col")
            .element("th", "Type", "scope", "col")
            .element("th", "Filled", "scope", "col")
            .element("th", "Examples", "scope", "col")
            .element("th", "First seen", "scope", "col")
            .close()
            .close()
            .open("tbody");
    // Events' own fields come first, whatever the order in the table.
    Stream.concat(
            table.columns().stream().filter(column -> !column.isSystem()),
            table.columns().stream().filter(CatalogColumn::isSystem))
        .forEach(column -> columns.add(new ColumnRow(column, table.rows()).markup()));
    return columns.close().close();
  }

  private Markup join(CatalogTable table, CatalogTable parent) {
    return new Markup()
        .open("div", "class", "join")
        .open("h4")
        .text("Its rows with those of ")
        .add(link(parent.name(), parent.name()))
        .text(", of the last seven days")
        .close()
        .open("pre", "tabindex", "0", "aria-label", "SQL that joins " + table.name())
        .element("code", joins.of(table, parent))
        .close()
        .close();
  }
}
