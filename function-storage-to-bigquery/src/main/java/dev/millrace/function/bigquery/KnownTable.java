package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TimePartitioning;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table, or a view, as it was when it was looked at.
 *
 * @param name the table's name
 * @param type TABLE, VIEW, or another of BigQuery's words
 * @param createdMillis when it was created; one that was made anew has another
 * @param columns by name in small letters, in order
 * @param partitionExpiryMillis after which a partition is deleted; null for never, or where there
 *     are none
 * @param isPartitioned whether it is partitioned by time
 */
record KnownTable(
    String name,
    String type,
    long createdMillis,
    Map<String, Field> columns,
    Long partitionExpiryMillis,
    boolean isPartitioned) {

  KnownTable {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  static KnownTable of(Table table) {
    TableDefinition definition = table.getDefinition();
    TimePartitioning partitioning =
        definition instanceof StandardTableDefinition standard
            ? standard.getTimePartitioning()
            : null;
    Long created = table.getCreationTime();
    return new KnownTable(
        table.getTableId().getTable(),
        definition.getType().name(),
        created == null ? 0 : created,
        columns(definition.getSchema()),
        partitioning == null ? null : partitioning.getExpirationMs(),
        partitioning != null);
  }

  boolean isTable() {
    return type.equals(TableDefinition.Type.TABLE.name());
  }

  List<String> columnNames() {
    return List.copyOf(columns.keySet());
  }

  private static Map<String, Field> columns(Schema schema) {
    Map<String, Field> columns = new LinkedHashMap<>();
    for (Field field : schema == null ? FieldList.of() : schema.getFields()) {
      columns.put(WantedTable.key(field.getName()), field);
    }
    return columns;
  }
}
