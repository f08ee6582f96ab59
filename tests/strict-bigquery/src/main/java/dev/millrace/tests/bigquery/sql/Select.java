package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.rows.ResultRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Runs queries. Callers hold one of the catalog's locks. */
final class Select {
  private final Catalog catalog;
  private final Database database;

  Select(Catalog catalog, Database database) {
    this.catalog = catalog;
    this.database = database;
  }

  Relations relations(Names names) {
    return new Relations(catalog, names);
  }

  ResultRows run(List<Token> query, String sql, Names names, Parameters parameters) {
    Tokens tokens = new Tokens(sql, query);
    return execute(new Translation(tokens, relations(names), parameters, Map.of()).translate());
  }

  /** Refuses a query that {@link #run} would refuse before it reads a row. */
  void check(List<Token> query, String sql, Relations relations, Parameters parameters) {
    Tokens tokens = new Tokens(sql, query);
    columns(new Translation(tokens, relations, parameters, Map.of()).translate());
  }

  /** A view's query in DuckDB's words. */
  String translate(String query, Names names) {
    return new Translation(Tokens.of(query), relations(names), Parameters.NONE, Map.of())
        .translate();
  }

  /** The columns of a query in DuckDB's words. */
  List<Column> columns(String query) {
    return execute("SELECT * FROM (" + query + ") LIMIT 0").columns();
  }

  private ResultRows execute(String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return ResultRows.read(result);
    } catch (SQLException e) {
      throw new RefusedException(
          Reason.INVALID_QUERY, e.getMessage() + "\n(as it reads for DuckDB: " + query + ")");
    }
  }
}
