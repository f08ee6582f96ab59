package dev.millrace.cli.show;

import dev.millrace.cli.console.Failure;
import dev.millrace.embedded.duckdb.DuckDbFile;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The dataset of a pipeline on this machine, for reading: what commands that know no other ask of
 * DuckDB itself. The others ask {@link dev.millrace.loader.ports.Dataset}. The file is open only
 * while a question is answered, so that loads can go on in between. Thread-safe.
 *
 * @param file the DuckDB file
 * @param name the schema that the tables are in
 */
public record LocalDataset(Path file, String name) {
  /** Asks something of an open database. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Opens the file, asks, and closes it. Waits up to 10 s for whoever has the file open.
   *
   * @throws Failure if the file isn't there, stays locked, or the question fails
   */
  public <T> T read(Question<T> question) {
    try {
      DuckDbFile database = new DuckDbFile(file, DuckDbFile.LOCK_WAIT);
      if (!database.exists()) {
        throw Failure.failed(file + " is not there");
      }
      return database.open(
          connection -> {
            connection.setSchema(name);
            return question.ask(connection);
          });
    } catch (LoadException e) {
      throw Failure.failed(e.getMessage(), e);
    } catch (IOException e) {
      throw Failure.failed(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * Loads DuckDB's library on another thread, which takes a tenth of a second or more, while the
   * caller does something else.
   */
  public static void warmUp() {
    Thread thread = new Thread(LocalDataset::startDuckDb, "duckdb-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void startDuckDb() {
    try {
      DriverManager.getConnection("jdbc:duckdb:").close();
    } catch (SQLException e) {
      System.getLogger(LocalDataset.class.getName())
          .log(System.Logger.Level.DEBUG, "DuckDB did not start; whoever needs it says why", e);
    }
  }
}
