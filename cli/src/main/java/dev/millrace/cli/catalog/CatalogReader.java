package dev.millrace.cli.catalog;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the catalog of what a dataset's tables, its schema and the settings say. */
final class CatalogReader {
  private final Dataset dataset;
  private final Map<String, TableInfo> tables;
  private final StoredSchema schema;
  private final SchemaWords words;
  private final PrivateColumns hidden;

  /**
   * @param tables all of the dataset's
   */
  CatalogReader(
      Dataset dataset,
      Map<String, TableInfo> tables,
      StoredSchema schema,
      NormalizerSettings settings) {
    this.dataset = dataset;
    this.tables = tables;
    this.schema = schema;
    this.words = new SchemaWords(settings, schema.schema());
    this.hidden = new PrivateColumns(schema, settings);
  }

  /**
   * Reads the dataset.
   *
   * @param rows asks the tables' rows
   */
  Catalog read(RowReading rows, Instant now) throws IOException {
    SchemaChangeRows changes = SchemaChangeRows.read(dataset, tables.keySet());
    Map<String, FirstSeen> firstSeen = changes.firstSeen();
    List<TableInfo> events = new ArrayList<>();
    List<CatalogTable> system = new ArrayList<>();
    for (TableInfo table : new TreeMap<>(tables).values()) {
      if (SystemWords.isSystem(table.name())) {
        system.add(table(table, null, firstSeen));
      } else {
        events.add(table);
      }
    }
    RowReading.Answers answers = rows.ask(events, this::shown);
    List<CatalogTable> catalogued = new ArrayList<>();
    for (TableInfo table : events) {
      catalogued.add(table(table, answers.byTable().get(table.name()), firstSeen));
    }
    return new Catalog(
        dataset.label(), now, answers.reading(), new Families(catalogued), system, changes.rows());
  }

  /** The columns of a table of which examples may be seen. */
  private List<ColumnInfo> shown(TableInfo table) {
    return table.columns().stream()
        .filter(column -> !SystemWords.isSystem(column.name()))
        .filter(column -> type(table, column) != DataType.BINARY)
        .filter(column -> reason(table, column) == null)
        .toList();
  }

  private CatalogTable table(
      TableInfo table, TableAnswers answers, Map<String, FirstSeen> firstSeen) {
    List<CatalogColumn> columns = new ArrayList<>();
    FirstSeen tableSeen = firstSeen.get(table.name());
    for (ColumnInfo column : table.columns()) {
      columns.add(
          new CatalogColumn(
              column.name(),
              new ColumnType(type(table, column), column.physicalType(), !column.nullable()),
              words.notes(table.name(), column.name(), column.description()),
              firstSeen.getOrDefault(table.name() + "." + column.name(), tableSeen),
              answers == null ? null : answers.filled().get(column.name()),
              examples(table, column, answers)));
    }
    return new CatalogTable(
        table.name(),
        parent(table),
        words.description(table.name()),
        tableSeen,
        new TableRows(
            table.rows(),
            answers == null ? null : answers.rows(),
            answers == null ? null : answers.latest()),
        columns);
  }

  private Examples examples(TableInfo table, ColumnInfo column, TableAnswers answers) {
    String reason = reason(table, column);
    if (reason != null) {
      return Examples.hidden(reason);
    }
    return answers == null
        ? Examples.NONE
        : new Examples(answers.examples().getOrDefault(column.name(), List.of()), null);
  }

  private String reason(TableInfo table, ColumnInfo column) {
    List<String> tags = words.notes(table.name(), column.name(), column.description()).tags();
    return hidden.reason(table.name(), column.name(), type(table, column), tags).orElse(null);
  }

  /** The schema's type, which tells json from text where a warehouse does not. */
  private DataType type(TableInfo table, ColumnInfo column) {
    Table known = schema.schema().table(table.name());
    Column inSchema = known == null ? null : known.columns().get(column.name());
    return inSchema == null || inSchema.type() == null ? column.type() : inSchema.type();
  }

  private String parent(TableInfo table) {
    Table known = schema.schema().table(table.name());
    return known == null ? null : known.parent();
  }
}
