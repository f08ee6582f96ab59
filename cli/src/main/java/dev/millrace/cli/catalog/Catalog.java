package dev.millrace.cli.catalog;

import java.time.Instant;
import java.util.List;

/**
 * What a dataset holds.
 *
 * @param dataset how people call it
 * @param reading how its rows were read
 * @param families event tables
 * @param systemTables dlt's and Millrace's own, by name
 * @param changes to the schema, the newest first
 */
record Catalog(
    String dataset,
    Instant madeAt,
    Reading reading,
    Families families,
    List<CatalogTable> systemTables,
    List<SchemaChangeRow> changes) {
  Catalog {
    systemTables = List.copyOf(systemTables);
    changes = List.copyOf(changes);
  }

  /** Event tables, each behind its parent. */
  List<CatalogTable> tables() {
    return families.tables();
  }
}
