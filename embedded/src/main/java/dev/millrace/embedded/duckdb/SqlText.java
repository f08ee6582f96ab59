package dev.millrace.embedded.duckdb;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and values as DuckDB's SQL spells them, whatever is in them. */
final class SqlText {
  private SqlText() {}

  /** A quoted identifier. */
  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A quoted, qualified identifier. */
  static String name(String schema, String identifier) {
    return name(schema) + '.' + name(identifier);
  }

  /** A string literal. */
  static String value(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  /** A list of string literals. */
  static String values(Collection<String> texts) {
    return texts.stream().map(SqlText::value).collect(Collectors.joining(", ", "[", "]"));
  }
}
