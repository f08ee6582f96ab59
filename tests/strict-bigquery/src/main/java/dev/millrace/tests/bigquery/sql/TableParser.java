package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.ColumnType;
import dev.millrace.tests.bigquery.catalog.Partitioning;
import dev.millrace.tests.bigquery.catalog.Partitioning.Granularity;
import dev.millrace.tests.bigquery.catalog.TableDefinition;
import dev.millrace.tests.bigquery.catalog.TypeName;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads what a table is made of: columns with their types, partitioning, clustering, options. */
final class TableParser {
  /**
   * The options that are kept.
   *
   * @param given the names of those in the list
   * @param description null if not given
   * @param partitionExpirationMillis null if not given
   */
  record Options(Set<String> given, String description, Long partitionExpirationMillis) {}

  static final String DESCRIPTION = "description";
  static final String EXPIRATION = "partition_expiration_days";

  private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);

  private final Tokens in;

  TableParser(Tokens in) {
    this.in = in;
  }

  /** From the opening parenthesis of the columns to the end. */
  TableDefinition definition() {
    if (!in.takeSymbol("(")) {
      throw RefusedException.notCovered("CREATE TABLE without a list of columns");
    }
    List<Column> columns = new ArrayList<>();
    do {
      columns.add(column());
    } while (in.takeSymbol(",") && !in.peek().isSymbol(")"));
    in.expectSymbol(")");
    Partitioning partitioning = in.take("PARTITION", "BY") ? partitioning() : null;
    List<String> clustering = new ArrayList<>();
    if (in.take("CLUSTER", "BY")) {
      do {
        clustering.add(in.expectName());
      } while (in.takeSymbol(","));
    }
    Options options = options();
    if (options.partitionExpirationMillis() != null) {
      if (partitioning == null) {
        throw in.unexpected("PARTITION BY, as partition_expiration_days is set,");
      }
      partitioning =
          new Partitioning(
              partitioning.column(),
              partitioning.granularity(),
              options.partitionExpirationMillis());
    }
    return new TableDefinition(columns, partitioning, clustering, options.description());
  }

  Column column() {
    String name = in.expectName();
    ColumnType type = type();
    boolean required = in.take("NOT", "NULL");
    return new Column(name, type, required, options().description());
  }

  ColumnType type() {
    if (in.peek().kind() != Token.Kind.WORD) {
      throw in.unexpected("a type");
    }
    String word = in.next().text();
    TypeName name = TypeName.find(word);
    if (name == null) {
      throw RefusedException.notCovered("columns of type " + word);
    }
    if (!in.takeSymbol("(")) {
      return ColumnType.of(name);
    }
    int precision = number();
    Integer scale = in.takeSymbol(",") ? Integer.valueOf(number()) : null;
    in.expectSymbol(")");
    return new ColumnType(name, precision, scale);
  }

  /** An OPTIONS list, if one comes next. */
  Options options() {
    String description = null;
    Long expiration = null;
    Set<String> given = new HashSet<>();
    if (in.take("OPTIONS")) {
      in.expectSymbol("(");
      while (!in.takeSymbol(")")) {
        String name = in.expectName().toLowerCase(Locale.ROOT);
        in.expectSymbol("=");
        given.add(name);
        switch (name) {
          case DESCRIPTION -> description = string();
          case EXPIRATION -> expiration = days();
          default -> throw RefusedException.notCovered("the option " + name);
        }
        if (!in.peek().isSymbol(")")) {
          in.expectSymbol(",");
        }
      }
    }
    return new Options(given, description, expiration);
  }

  private Partitioning partitioning() {
    String word = in.expectName();
    if (!in.takeSymbol("(")) {
      return new Partitioning(word, Granularity.DAY, null);
    }
    String column = in.expectName();
    Granularity granularity = Granularity.DAY;
    switch (word.toUpperCase(Locale.ROOT)) {
      case "DATE" -> {}
      case "TIMESTAMP_TRUNC", "DATETIME_TRUNC", "DATE_TRUNC" -> {
        in.expectSymbol(",");
        granularity = granularity(in.expectName());
      }
      default -> throw RefusedException.notCovered("PARTITION BY " + word);
    }
    in.expectSymbol(")");
    return new Partitioning(column, granularity, null);
  }

  private Granularity granularity(String word) {
    for (Granularity granularity : Granularity.values()) {
      if (granularity.name().equalsIgnoreCase(word)) {
        return granularity;
      }
    }
    throw in.unexpected("HOUR, DAY, MONTH or YEAR instead of " + word);
  }

  private int number() {
    if (in.peek().kind() != Token.Kind.NUMBER) {
      throw in.unexpected("integer literal");
    }
    return Integer.parseInt(in.next().text());
  }

  /** Null for NULL, which takes an option back. */
  private Long days() {
    if (in.take("NULL")) {
      return null;
    }
    if (in.peek().kind() != Token.Kind.NUMBER) {
      throw in.unexpected("a number of days");
    }
    return new BigDecimal(in.next().text()).multiply(DAY_MILLIS).longValue();
  }

  private String string() {
    if (in.take("NULL")) {
      return null;
    }
    if (in.peek().kind() != Token.Kind.STRING) {
      throw in.unexpected("string literal");
    }
    return in.next().text();
  }
}
