package dev.millrace.tests.bigquery.catalog;

import java.util.List;

/**
 * A view: its query, and the columns that it had when it was created. As in BigQuery, what is
 * reported of its columns is not brought up to date, what is queried is (docs page "Create logical
 * views", view limitations).
 */
public record View(
    TableName name, String query, List<Column> columns, String description, long creationMillis)
    implements Relation {
  public View {
    columns = List.copyOf(columns);
  }
}
