package dev.millrace.cli.catalog;

import dev.millrace.cli.page.Markup;
import dev.millrace.cli.page.Page;
import dev.millrace.cli.show.Counted;
import java.util.List;

/** The catalog as a page for analysts. */
final class CatalogPage {
  private static final int OPEN_IF_AT_MOST = 6;

  private final Catalog catalog;
  private final JoinSql joins;

  CatalogPage(Catalog catalog, JoinSql joins) {
    this.catalog = catalog;
    this.joins = joins;
  }

  String html() {
    Markup body =
        new Markup()
            .element("a", "Skip to the tables", "class", "skip", "href", "#tables")
            .open("div", "class", "layout")
            .add(contents())
            .open("main", "class", "wrap")
            .add(header());
    if (catalog.tables().isEmpty()) {
      body.open("section", "class", "card")
          .element("h2", "No event has been loaded yet", "id", "tables")
          .element(
              "p",
              "This page will have a part for each table once there are events in the dataset.")
          .close();
    } else {
      body.add(map()).add(tables());
    }
    body.add(new ChangesSection(catalog).markup()).add(systemTables()).add(footer());
    return Page.of("Catalog of " + catalog.dataset(), getClass(), "catalog.css", "catalog.js")
        .html(body.close().close());
  }

  private Markup contents() {
    Markup nav = new Markup().open("nav", "class", "contents no-print", "aria-label", "Contents");
    link(nav, "#top", "Catalog", "head");
    if (!catalog.tables().isEmpty()) {
      link(nav, "#map", "Map", "head");
      link(nav, "#tables", "Tables", "head");
      nav.open("ul");
      for (CatalogTable table : catalog.tables()) {
        nav.open("li");
        link(
            nav,
            Anchor.link(table.name()),
            table.shortName(),
            "depth" + Math.min(3, catalog.families().depthOf(table)));
        nav.close();
      }
      nav.close();
    }
    link(nav, "#changes", "Schema changes", "head");
    link(nav, "#system", "System tables", "head");
    return nav.close();
  }

  private static void link(Markup nav, String href, String text, String kind) {
    nav.element("a", text, "href", href, "class", kind, "title", text);
  }

  private Markup header() {
    List<CatalogTable> tables = catalog.tables();
    long columns = tables.stream().mapToLong(table -> table.fields().size()).sum();
    long rows = tables.stream().mapToLong(table -> table.rows().all()).sum();
    return new Markup()
        .open("header", "id", "top")
        .element("p", "Catalog of the dataset", "class", "kicker muted")
        .element("h1", catalog.dataset())
        .open("p", "class", "lead")
        .text(
            "%s, %s, %s. Made on "
                .formatted(
                    Counted.of(tables.size(), "event table"),
                    Counted.of(columns, "column"),
                    Counted.of(rows, "row")))
        .add(Moment.minute(catalog.madeAt()))
        .text(".")
        .close()
        .element("p", howRead(), "class", "muted")
        .close();
  }

  private String howRead() {
    Reading reading = catalog.reading();
    if (!reading.statistics()) {
      return "No rows were read for this page, so it has no shares and no examples.";
    }
    String rows =
        reading.days() == 0
            ? "Shares are of all rows"
            : "Shares are of the rows received in the last " + Counted.of(reading.days(), "day");
    String billed =
        reading.billedBytes().isPresent()
            ? " Reading them was billed as %s."
                .formatted(Counted.bytes(reading.billedBytes().getAsLong()))
            : "";
    return rows
        + ", and examples are frequent values of each table's last day. Columns that a"
        + " privacy rule reaches, or that are tagged as private, show none."
        + billed;
  }

  private Markup map() {
    Markup map =
        new Markup()
            .open("section", "aria-labelledby", "map")
            .element("h2", "Map", "id", "map")
            .element(
                "p",
                "Each box is a table, with the number of its rows. A forked line leads from a table"
                    + " to one whose rows are the elements of a list in its own.",
                "class",
                "muted")
            .open("div", "class", "map");
    for (CatalogTable root : catalog.families().roots()) {
      map.add(new Diagram(catalog.families(), root).svg());
    }
    return map.close().close();
  }

  private Markup tables() {
    Markup tables =
        new Markup()
            .open("section", "aria-labelledby", "tables")
            .element("h2", "Tables", "id", "tables")
            .open("div", "class", "tools no-print", "hidden", "hidden")
            .element("label", "Find a table or column", "for", "find")
            .empty("input", "id", "find", "type", "search", "autocomplete", "off")
            .element("button", "Open all", "type", "button", "id", "all")
            .element("p", "", "id", "found", "role", "status", "class", "muted small")
            .close();
    TableSection section = new TableSection(catalog, joins);
    boolean open = catalog.tables().size() <= OPEN_IF_AT_MOST;
    for (CatalogTable table : catalog.tables()) {
      tables.add(section.markup(table, open));
    }
    return tables.close();
  }

  private Markup systemTables() {
    Markup system =
        new Markup()
            .open("section", "aria-labelledby", "system")
            .element("h2", "System tables", "id", "system")
            .element(
                "p",
                "What dlt and Millrace keep beside the events: batches, loads, what could not be"
                    + " loaded, and versions of the schema.",
                "class",
                "muted");
    TableSection section = new TableSection(catalog, joins);
    catalog.systemTables().forEach(table -> system.add(section.markup(table, false)));
    return system.close();
  }

  private static Markup footer() {
    return new Markup()
        .open("footer", "class", "muted small")
        .element("p", "Made by millrace catalog. All times are UTC.")
        .close();
  }
}
