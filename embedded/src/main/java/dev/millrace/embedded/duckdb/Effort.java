package dev.millrace.embedded.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How much memory DuckDB may take. Each load starts with the usual effort and takes the next if
 * memory, or the longest line, was too small for it: wide tables and huge events are rare.
 */
enum Effort {
  /** What 400,000 rows of 20 columns need on two threads without becoming slower. */
  USUAL("256MB"),
  /** Parts are searched for their longest line; one thread, so one set of buffers. */
  LARGE("1GB"),
  /** DuckDB's own limit. */
  ALL("80%");

  private final String memoryLimit;

  Effort(String memoryLimit) {
    this.memoryLimit = memoryLimit;
  }

  String memoryLimit() {
    return memoryLimit;
  }

  boolean isLast() {
    return this == ALL;
  }

  Effort next() {
    return values()[ordinal() + 1];
  }

  /** Whether the longest line is looked for. */
  boolean measuresLines() {
    return this != USUAL;
  }

  void apply(Connection connection) throws SQLException {
    if (this == USUAL) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '" + memoryLimit + "'");
      statement.execute("SET threads = 1");
    }
  }
}
