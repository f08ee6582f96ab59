package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;

/**
 * Carries out DELETE, UPDATE and INSERT. A statement is atomic, and those of one table follow one
 * another; no quota limits them (docs page "Transform data with data manipulation language (DML)").
 * Callers hold the catalog's read lock.
 */
final class Dml {
  private final Database database;
  private final Clock clock;

  Dml(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  QueryOutcome run(
      Statement.Change change, String sql, Relations relations, Parameters parameters) {
    Table table = relations.changed(change.name());
    String statement = translate(change, table, sql, relations, parameters);
    table.writing().lock();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      long rows;
      try (PreparedStatement prepared = connection.prepareStatement(statement)) {
        rows = prepared.executeLargeUpdate();
      }
      checkRequired(connection, table);
      connection.commit();
      table.touch(clock.millis());
      return QueryOutcome.changed(change.what().name(), rows);
    } catch (SQLException e) {
      throw refused(e, statement);
    } finally {
      table.writing().unlock();
    }
  }

  /** Refuses a statement that {@link #run} would refuse before it reads a row. */
  void check(Statement.Change change, String sql, Relations relations, Parameters parameters) {
    Table table = relations.changed(change.name());
    String statement = translate(change, table, sql, relations, parameters);
    try (Connection connection = database.connect()) {
      connection.prepareStatement(statement).close();
    } catch (SQLException e) {
      throw refused(e, statement);
    }
  }

  private static String translate(
      Statement.Change change,
      Table table,
      String sql,
      Relations relations,
      Parameters parameters) {
    String body =
        new Translation(new Tokens(sql, change.body()), relations, parameters, Map.of())
            .translate();
    String start =
        switch (change.what()) {
          case DELETE -> "DELETE FROM %s AS %s";
          case UPDATE -> "UPDATE %s AS %s";
          case INSERT -> "INSERT INTO %s AS %s";
        };
    return start.formatted(table.storedAs(), Database.quoted(change.alias()))
        + " "
        + change.head()
        + " "
        + body;
  }

  /** A REQUIRED column takes no NULL, whoever writes it. */
  private static void checkRequired(Connection connection, Table table) throws SQLException {
    for (Column column : table.columns()) {
      if (column.required()) {
        String sql =
            "SELECT 1 FROM %s WHERE %s IS NULL LIMIT 1"
                .formatted(table.storedAs(), Database.quoted(column.name()));
        try (PreparedStatement prepared = connection.prepareStatement(sql);
            ResultSet missing = prepared.executeQuery()) {
          if (missing.next()) {
            throw new RefusedException(
                Reason.INVALID_QUERY, "Required field %s cannot be null".formatted(column.name()));
          }
        }
      }
    }
  }

  private static RefusedException refused(SQLException e, String statement) {
    return new RefusedException(
        Reason.INVALID_QUERY, e.getMessage() + "\n(as it reads for DuckDB: " + statement + ")");
  }
}
