package dev.millrace.tests.bigquery.catalog;

import java.util.List;

/** What can stand after FROM by its name: a table or a view. */
public sealed interface Relation permits Table, View {
  TableName name();

  List<Column> columns();

  /** Null if there is none. */
  String description();

  /** Milliseconds of the epoch; no two relations of a server have the same. */
  long creationMillis();
}
