package dev.millrace.tests.cloud;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All tables of a dataset, as the API lists them.
 *
 * @param tables by name, without views
 */
record DatasetTables(Map<String, Content> tables) {
  private static final int PAGE = 10_000;

  /**
   * One table.
   *
   * @param columns types by name, in the table's order
   * @param rows values by column; a null is left out
   */
  record Content(Map<String, String> columns, List<Map<String, String>> rows) {}

  static DatasetTables read(BigQuery client, DatasetId dataset) {
    Map<String, Content> tables = new TreeMap<>();
    for (Table listed : client.listTables(dataset).iterateAll()) {
      Table table = client.getTable(listed.getTableId());
      if (table.getDefinition().getType() == TableDefinition.Type.TABLE) {
        tables.put(table.getTableId().getTable(), content(client, table));
      }
    }
    return new DatasetTables(tables);
  }

  /** The rows of a table; none if it isn't there. */
  List<Map<String, String>> rows(String table) {
    return tables.containsKey(table) ? tables.get(table).rows() : List.of();
  }

  /** The tables that the events made, root and child. */
  List<String> eventTables() {
    return tables.keySet().stream().filter(name -> !name.startsWith("_")).toList();
  }

  private static Content content(BigQuery client, Table table) {
    Schema schema = table.getDefinition().getSchema();
    Map<String, String> columns = new LinkedHashMap<>();
    for (Field field : schema.getFields()) {
      columns.put(field.getName(), field.getType().name());
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (FieldValueList values :
        client
            .listTableData(table.getTableId(), schema, TableDataListOption.pageSize(PAGE))
            .iterateAll()) {
      rows.add(row(schema, values));
    }
    return new Content(columns, rows);
  }

  private static Map<String, String> row(Schema schema, FieldValueList values) {
    Map<String, String> row = new TreeMap<>();
    for (int i = 0; i < schema.getFields().size(); i++) {
      FieldValue value = values.get(i);
      if (!value.isNull()) {
        row.put(schema.getFields().get(i).getName(), value.getValue().toString());
      }
    }
    return row;
  }
}
