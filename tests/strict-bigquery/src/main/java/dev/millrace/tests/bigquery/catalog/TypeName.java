package dev.millrace.tests.bigquery.catalog;

import java.util.Locale;

/** BigQuery's scalar types: their name in the API, their name in SQL, and how DuckDB keeps them. */
public enum TypeName {
  STRING("STRING", "STRING", "VARCHAR"),
  BYTES("BYTES", "BYTES", "BLOB"),
  INT64("INTEGER", "INT64", "BIGINT"),
  FLOAT64("FLOAT", "FLOAT64", "DOUBLE"),
  BOOL("BOOLEAN", "BOOL", "BOOLEAN"),
  TIMESTAMP("TIMESTAMP", "TIMESTAMP", "TIMESTAMPTZ"),
  DATE("DATE", "DATE", "DATE"),
  TIME("TIME", "TIME", "TIME"),
  DATETIME("DATETIME", "DATETIME", "TIMESTAMP"),
  NUMERIC("NUMERIC", "NUMERIC", "DECIMAL(38, 9)"),
  /** Its 76 digits are more than DuckDB's decimals have, so it is kept as text. */
  BIGNUMERIC("BIGNUMERIC", "BIGNUMERIC", "VARCHAR"),
  JSON("JSON", "JSON", "JSON");

  private final String api;
  private final String sql;
  private final String duckDb;

  TypeName(String api, String sql, String duckDb) {
    this.api = api;
    this.sql = sql;
    this.duckDb = duckDb;
  }

  public String api() {
    return api;
  }

  public String sql() {
    return sql;
  }

  public String duckDb() {
    return duckDb;
  }

  /** The type of that name in the API or in SQL, aliases included, or null. */
  public static TypeName find(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (TypeName type : values()) {
      if (type.api.equals(upper) || type.sql.equals(upper)) {
        return type;
      }
    }
    return switch (upper) {
      case "INT", "SMALLINT", "BIGINT", "TINYINT", "BYTEINT" -> INT64;
      case "DECIMAL" -> NUMERIC;
      case "BIGDECIMAL" -> BIGNUMERIC;
      default -> null;
    };
  }
}
