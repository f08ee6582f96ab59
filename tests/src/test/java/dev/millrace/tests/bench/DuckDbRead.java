package dev.millrace.tests.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB's {@code read_json} on one thread, every column into a table in memory. */
final class DuckDbRead implements Contestant, AutoCloseable {
  private final Connection connection;
  private final Path file;

  DuckDbRead(Path file) throws SQLException {
    this.file = file;
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = 1");
  }

  @Override
  public String name() {
    return "DuckDB's read_json, one thread";
  }

  @Override
  public int passesPerRound() {
    return 2;
  }

  @Override
  public double pass() throws SQLException {
    long start = CpuTime.nanos();
    run(
        "CREATE OR REPLACE TABLE events AS FROM read_json('%s', format = 'newline_delimited')"
            .formatted(file.toString().replace("'", "''")));
    return CpuTime.secondsSince(start);
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
