package dev.millrace.cli.catalog;

import dev.millrace.cli.page.Markup;
import dev.millrace.cli.show.Counted;

/** The recent changes of the schema: a table's first columns are no changes apart. */
record ChangesSection(Catalog catalog) {
  private static final int SHOWN = 50;

  Markup markup() {
    Markup section =
        new Markup()
            .open("section", "aria-labelledby", "changes")
            .element("h2", "Schema changes", "id", "changes");
    if (catalog.changes().isEmpty()) {
      return section.element("p", "None are recorded.", "class", "muted").close();
    }
    section
        .open("div", "class", "card")
        .open("table", "class", "changes")
        .open("thead")
        .open("tr")
        .element("th", "When", "scope", "col")
        .element("th", "Change", "scope", "col")
        .element("th", "Load", "scope", "col")
        .close()
        .close()
        .open("tbody");
    catalog.changes().stream().limit(SHOWN).forEach(change -> section.add(row(change)));
    section.close().close();
    if (catalog.changes().size() > SHOWN) {
      section.element(
          "p",
          "The newest of %s; the others are in _millrace_schema_changes."
              .formatted(Counted.of(catalog.changes().size(), "change")),
          "class",
          "muted small");
    }
    return section.close().close();
  }

  private static Markup row(SchemaChangeRow change) {
    Markup row = new Markup().open("tr").open("td", "class", "number");
    row.add(Moment.minute(change.recordedAt())).close().open("td");
    row.text(change.isNewTable() ? "New table " : "New column ");
    String name = change.isNewTable() ? change.table() : change.table() + "." + change.column();
    row.open("a", "href", Anchor.link(change.table())).element("code", name).close();
    if (change.types().to() != null) {
      row.text(" of type ").element("code", change.types().to());
    }
    if (change.types().from() != null) {
      row.text(", for values that are not ").element("code", change.types().from());
    }
    return row.close().element("td", change.loadId(), "class", "number muted small").close();
  }
}
