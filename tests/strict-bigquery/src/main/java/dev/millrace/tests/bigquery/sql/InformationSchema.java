package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.Dataset;
import dev.millrace.tests.bigquery.catalog.Partitioning;
import dev.millrace.tests.bigquery.catalog.Relation;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.catalog.View;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A dataset's INFORMATION_SCHEMA as it is at this moment: TABLES, COLUMNS, COLUMN_FIELD_PATHS and
 * VIEWS, each as a subquery with literal rows.
 */
final class InformationSchema {
  private static final List<String> OF_TABLE =
      List.of("table_catalog", "table_schema", "table_name");

  private final Dataset dataset;
  private final List<String> rows = new ArrayList<>();

  private InformationSchema(Dataset dataset) {
    this.dataset = dataset;
  }

  static String subquery(Dataset dataset, String view) {
    InformationSchema schema = new InformationSchema(dataset);
    return switch (view.toUpperCase(Locale.ROOT)) {
      case "TABLES" -> schema.tables();
      case "COLUMNS" -> schema.columns();
      case "COLUMN_FIELD_PATHS" -> schema.fieldPaths();
      case "VIEWS" -> schema.views();
      default -> throw RefusedException.notCovered("INFORMATION_SCHEMA." + view);
    };
  }

  private String tables() {
    for (Relation relation : dataset.relations().values()) {
      boolean table = relation instanceof Table;
      row(
          relation,
          text(table ? "BASE TABLE" : "VIEW"),
          text(table ? "YES" : "NO"),
          "make_timestamptz(%d)".formatted(relation.creationMillis() * 1_000));
    }
    return subquery("table_type", "is_insertable_into", "creation_time");
  }

  private String columns() {
    for (Relation relation : dataset.relations().values()) {
      Table table = relation instanceof Table t ? t : null;
      Partitioning partitioning = table == null ? null : table.partitioning();
      int position = 0;
      for (Column column : relation.columns()) {
        boolean partitions =
            partitioning != null && Column.key(partitioning.column()).equals(column.key());
        row(
            relation,
            text(column.name()),
            "CAST(%d AS BIGINT)".formatted(++position),
            text(column.required() ? "NO" : "YES"),
            text(column.repeated() ? "ARRAY<" + column.type().sql() + ">" : column.type().sql()),
            text(partitions ? "YES" : "NO"),
            clusteringPosition(table, column));
      }
    }
    return subquery(
        "column_name",
        "ordinal_position",
        "is_nullable",
        "data_type",
        "is_partitioning_column",
        "clustering_ordinal_position");
  }

  private static String clusteringPosition(Table table, Column column) {
    int index =
        table == null
            ? -1
            : table.definition().clustering().stream()
                .map(Column::key)
                .toList()
                .indexOf(column.key());
    return "CAST(%s AS BIGINT)".formatted(index < 0 ? "NULL" : index + 1);
  }

  private String fieldPaths() {
    for (Relation relation : dataset.relations().values()) {
      for (Column column : relation.columns()) {
        row(
            relation,
            text(column.name()),
            text(column.name()),
            text(column.type().sql()),
            column.description() == null ? "CAST(NULL AS VARCHAR)" : text(column.description()));
      }
    }
    return subquery("column_name", "field_path", "data_type", "description");
  }

  private String views() {
    for (Relation relation : dataset.relations().values()) {
      if (relation instanceof View view) {
        row(relation, text(view.query()), text("YES"));
      }
    }
    return subquery("view_definition", "use_standard_sql");
  }

  private void row(Relation relation, String... more) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                text(relation.name().dataset().project()),
                text(relation.name().dataset().dataset()),
                text(relation.name().table())));
    cells.addAll(List.of(more));
    rows.add("(" + String.join(", ", cells) + ")");
  }

  private String subquery(String... more) {
    List<String> names = new ArrayList<>(OF_TABLE);
    names.addAll(List.of(more));
    if (rows.isEmpty()) {
      return names.stream()
          .map("CAST(NULL AS VARCHAR) AS %s"::formatted)
          .collect(Collectors.joining(", ", "(SELECT ", " WHERE false)"));
    }
    return "(SELECT * FROM (VALUES %s) AS v(%s))"
        .formatted(String.join(", ", rows), String.join(", ", names));
  }

  private static String text(String value) {
    return Database.literal(value);
  }
}
