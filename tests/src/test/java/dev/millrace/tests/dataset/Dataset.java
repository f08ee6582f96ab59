package dev.millrace.tests.dataset;

import dev.millrace.tests.process.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The tables of a pipeline that may be running, read as any other program would: the file is opened
 * read-only for each query, and closed at once.
 *
 * @param file the DuckDB file; need not be there yet
 */
public record Dataset(Path file) {
  private static final Duration LOCKED = Duration.ofSeconds(30);

  /** The values of a query's rows, with the schema {@code telemetry} as the default. */
  public List<List<Object>> rows(String sql) throws Exception {
    AtomicReference<List<List<Object>>> rows = new AtomicReference<>();
    Eventually.until(
        file + " can be opened",
        LOCKED,
        () -> {
          try {
            rows.set(query(sql));
            return true;
          } catch (SQLException e) {
            // The pipeline has it open for a commit.
            if (e.getMessage().contains("lock")) {
              return false;
            }
            throw e;
          }
        });
    return rows.get();
  }

  /** The only value of a query's only row. */
  public Object value(String sql) throws Exception {
    return rows(sql).get(0).get(0);
  }

  /** The same as a whole number. */
  public long number(String sql) throws Exception {
    return ((Number) value(sql)).longValue();
  }

  /** Waits until so many events are accounted for by loaded batches, and no more. */
  public void awaitEventsRead(long events, Duration patience) throws Exception {
    AtomicReference<Long> last = new AtomicReference<>(0L);
    Callable<Boolean> all =
        () -> {
          last.set(eventsRead());
          return last.get() >= events;
        };
    try {
      Eventually.until(events + " events are loaded", patience, all);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; there are " + last.get(), e);
    }
  }

  /** Events that loaded batches account for, 0 while there is no table of batches. */
  public long eventsRead() throws Exception {
    if (!Files.exists(file)) {
      return 0;
    }
    try {
      return number(
          "select coalesce(sum(events_read), 0) from _millrace_batches where state = 'loaded'");
    } catch (SQLException e) {
      if (e.getMessage().contains("does not exist") || e.getMessage().contains("No catalog")) {
        return 0;
      }
      throw e;
    }
  }

  private List<List<Object>> query(String sql) throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file, readOnly);
        Statement statement = connection.createStatement()) {
      statement.execute("set schema = 'telemetry'");
      try (ResultSet result = statement.executeQuery(sql)) {
        List<List<Object>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<Object> row = new ArrayList<>(columns);
          for (int column = 1; column <= columns; column++) {
            row.add(result.getObject(column));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }
}
