package dev.millrace.tests.bigquery.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** The DuckDB in memory that holds the rows of one server. */
public final class Database implements AutoCloseable {
  private final DuckDBConnection root;

  public Database() {
    try {
      root = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
      // As GoogleSQL has it: days are UTC's, and NULL is smaller than any value.
      execute("SET GLOBAL TimeZone = 'UTC'");
      execute("SET GLOBAL default_null_order = 'nulls_first_on_asc_last_on_desc'");
      execute("SET GLOBAL threads = 2");
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start", e);
    }
  }

  /** A connection of the caller's own, to be closed by it. It takes some 20 µs. */
  public DuckDBConnection connect() throws SQLException {
    return root.duplicate();
  }

  /** Runs one statement of our own making. */
  public void execute(String sql) {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB refuses: " + sql, e);
    }
  }

  /** Rows of a table, by its quoted name in DuckDB. */
  public long count(String storedAs) {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + storedAs)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB can't count " + storedAs, e);
    }
  }

  /** A name as DuckDB quotes it. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A string literal as DuckDB quotes it. */
  public static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close", e);
    }
  }
}
