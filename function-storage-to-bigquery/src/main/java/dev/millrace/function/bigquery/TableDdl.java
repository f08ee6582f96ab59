package dev.millrace.function.bigquery;

import dev.millrace.normalizer.schema.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that make tables and extend them. */
final class TableDdl {
  /** BigQuery takes 1 MB a statement; what comes around the columns is small. */
  private static final int MAX_COLUMNS_CHARACTERS = 400_000;

  private static final int MAX_COLUMN_DESCRIPTION = 1_024;
  private static final int MAX_TABLE_DESCRIPTION = 16_384;

  private final DatasetName dataset;
  private final int maxColumnsCharacters;

  TableDdl(DatasetName dataset) {
    this(dataset, MAX_COLUMNS_CHARACTERS);
  }

  TableDdl(DatasetName dataset, int maxColumnsCharacters) {
    this.dataset = dataset;
    this.maxColumnsCharacters = maxColumnsCharacters;
  }

  /**
   * Creates a table that is not there; one that is too wide for a statement in several, and then
   * the columns that it is partitioned and clustered by come first.
   *
   * @param partitionExpiry after which a partition is deleted; null for never
   */
  List<String> create(WantedTable table, Duration partitionExpiry) {
    List<Column> all = new ArrayList<>(table.columns().values());
    int with = all.size();
    if (characters(all) > maxColumnsCharacters) {
      all.sort(Comparator.comparing(column -> !isKey(table, column)));
      with = (int) all.stream().filter(column -> isKey(table, column)).count();
      while (with == 0 || characters(all.subList(0, with + 1)) <= maxColumnsCharacters) {
        with++;
      }
    }
    List<String> statements = new ArrayList<>();
    statements.add(createWith(table, all.subList(0, with), partitionExpiry));
    statements.addAll(add(table, all.subList(with, all.size())));
    return statements;
  }

  /**
   * Adds columns; nullable ones, whatever the schema says, for the rows that are there have none.
   */
  List<String> add(WantedTable table, List<Column> columns) {
    List<String> statements = new ArrayList<>();
    List<String> additions = new ArrayList<>();
    int characters = 0;
    for (Column column : columns) {
      String addition = "ADD COLUMN IF NOT EXISTS " + definition(column, false);
      if (!additions.isEmpty() && characters + addition.length() > maxColumnsCharacters) {
        statements.add(alter(table, String.join(", ", additions)));
        additions.clear();
        characters = 0;
      }
      additions.add(addition);
      characters += addition.length();
    }
    if (!additions.isEmpty()) {
      statements.add(alter(table, String.join(", ", additions)));
    }
    return statements;
  }

  /** Lets a column be empty. */
  String relax(WantedTable table, String column) {
    return alter(table, "ALTER COLUMN " + SqlText.name(column) + " DROP NOT NULL");
  }

  /** Sets after which a partition is deleted. */
  String expire(WantedTable table, Duration partitionExpiry) {
    return alter(table, "SET OPTIONS (" + expiryOption(partitionExpiry) + ")");
  }

  private String createWith(WantedTable table, List<Column> columns, Duration partitionExpiry) {
    StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ");
    sql.append(dataset.sql(table.name()));
    sql.append(
        columns.stream()
            .map(column -> definition(column, !column.nullable()))
            .collect(Collectors.joining(", ", " (", ")")));
    List<String> options = new ArrayList<>();
    if (table.partitionedBy() != null) {
      sql.append(" PARTITION BY DATE(").append(SqlText.name(table.partitionedBy())).append(')');
      if (partitionExpiry != null) {
        options.add(expiryOption(partitionExpiry));
      }
    }
    if (table.clusteredBy() != null) {
      sql.append(" CLUSTER BY ").append(SqlText.name(table.clusteredBy()));
    }
    if (table.description() != null) {
      options.add("description=" + description(table.description(), MAX_TABLE_DESCRIPTION));
    }
    if (!options.isEmpty()) {
      sql.append(" OPTIONS (").append(String.join(", ", options)).append(')');
    }
    return sql.toString();
  }

  private String alter(WantedTable table, String actions) {
    return "ALTER TABLE " + dataset.sql(table.name()) + " " + actions;
  }

  private static String definition(Column column, boolean required) {
    StringBuilder sql = new StringBuilder(SqlText.name(column.name()));
    sql.append(' ').append(ColumnType.sql(column));
    if (required) {
      sql.append(" NOT NULL");
    }
    if (column.description() != null) {
      sql.append(" OPTIONS (description=")
          .append(description(column.description(), MAX_COLUMN_DESCRIPTION))
          .append(')');
    }
    return sql.toString();
  }

  private static String description(String text, int longest) {
    return SqlText.value(text.length() <= longest ? text : text.substring(0, longest));
  }

  /** Fractions of a day are allowed: what is written is exact to the second. */
  private static String expiryOption(Duration expiry) {
    double days = expiry.toSeconds() / (double) Duration.ofDays(1).toSeconds();
    String text = days == Math.rint(days) ? Long.toString((long) days) : Double.toString(days);
    return "partition_expiration_days=" + text;
  }

  private static int characters(List<Column> columns) {
    return columns.stream().mapToInt(column -> definition(column, true).length() + 2).sum();
  }

  private static boolean isKey(WantedTable table, Column column) {
    return column.name().equals(table.partitionedBy()) || column.name().equals(table.clusteredBy());
  }
}
