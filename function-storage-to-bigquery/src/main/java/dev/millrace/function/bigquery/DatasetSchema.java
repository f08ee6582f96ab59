package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schema as the dataset itself has it. Thread-safe. */
final class DatasetSchema {
  private final DatasetName dataset;
  private final Statements statements;
  private final RememberedTables tables;
  private final Parallel parallel;

  DatasetSchema(
      DatasetName dataset, Statements statements, RememberedTables tables, Parallel parallel) {
    this.dataset = dataset;
    this.statements = statements;
    this.tables = tables;
    this.parallel = parallel;
  }

  /**
   * The newest version, with the raw paths that its changes tell and the columns that its tables
   * have beyond it; empty if there is no version of that schema.
   */
  Optional<StoredSchema> newest(String schemaName, Deadline deadline) throws IOException {
    List<String> documents = documents(schemaName, deadline);
    if (documents.isEmpty()) {
      return Optional.empty();
    }
    Schema schema = parsed(documents.get(0));
    StoredSchema stored = new StoredSchema(schema, rawPaths(deadline), List.of(), State.ABSENT);
    List<String> names = List.copyOf(schema.tables().keySet());
    List<Optional<KnownTable>> existing = parallel.all(names, name -> tables.look(name, deadline));
    for (Optional<KnownTable> table : existing) {
      if (table.isPresent()) {
        stored = stored.withColumns(table.get().name(), columns(table.get()));
      }
    }
    return Optional.of(stored);
  }

  private List<String> documents(String schemaName, Deadline deadline) throws LoadException {
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder(
                "SELECT schema FROM %s WHERE schema_name = @name ORDER BY inserted_at DESC, version DESC LIMIT 1"
                    .formatted(dataset.sql(SystemTables.VERSION.name())))
            .addNamedParameter("name", QueryParameterValue.string(schemaName))
            .build();
    try {
      return statements.query(query, row -> row.get(0).getStringValue(), deadline);
    } catch (LoadException e) {
      if (e.error() == LoadError.TABLE_CHANGED) {
        return List.of();
      }
      throw e;
    }
  }

  private Schema parsed(String document) throws LoadException {
    try {
      return Schema.parse(DltRows.document(document));
    } catch (IllegalArgumentException e) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the newest row of %s has a schema that can't be read: %s"
              .formatted(dataset.sql(SystemTables.VERSION.name()), e.getMessage()),
          e);
    }
  }

  private Map<String, String> rawPaths(Deadline deadline) throws LoadException {
    QueryJobConfiguration query =
        QueryJobConfiguration.of(
            "SELECT table_name, column_name, raw_path FROM %s WHERE raw_path IS NOT NULL"
                .formatted(dataset.sql(SystemTables.SCHEMA_CHANGES.name())));
    Map<String, String> paths = new HashMap<>();
    try {
      statements
          .query(query, DatasetSchema::rawPath, deadline)
          .forEach(path -> paths.put(path.getKey(), path.getValue()));
    } catch (LoadException e) {
      if (e.error() != LoadError.TABLE_CHANGED) {
        throw e;
      }
    }
    return paths;
  }

  private static Map.Entry<String, String> rawPath(FieldValueList row) {
    String table = row.get(0).getStringValue();
    String name = row.get(1).isNull() ? table : table + "." + row.get(1).getStringValue();
    return Map.entry(name, row.get(2).getStringValue());
  }

  private static List<Column> columns(KnownTable table) {
    List<Column> columns = new ArrayList<>();
    for (Field field : table.columns().values()) {
      DataType type = ColumnType.dlt(field);
      if (type != null) {
        columns.add(Column.of(field.getName(), type));
      }
    }
    return columns;
  }
}
