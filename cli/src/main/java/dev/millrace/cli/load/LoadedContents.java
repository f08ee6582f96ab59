package dev.millrace.cli.load;

import dev.millrace.cli.show.LocalDataset;
import dev.millrace.loader.ports.BatchRef;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The contents that a DuckDB file says it has: the folder beside it, which knows them too, may have
 * been deleted.
 */
final class LoadedContents {
  private final Map<String, BatchRef> bySha256;

  private LoadedContents(Map<String, BatchRef> bySha256) {
    this.bySha256 = bySha256;
  }

  static LoadedContents of(LocalDataset dataset) {
    return new LoadedContents(
        Files.exists(dataset.file())
            ? dataset.read(connection -> read(connection, dataset.name()))
            : Map.of());
  }

  /** The batch of a content, or null if the file does not have it. */
  BatchRef batch(String sha256) {
    return bySha256.get(sha256);
  }

  private static Map<String, BatchRef> read(Connection connection, String dataset)
      throws SQLException {
    Map<String, BatchRef> batches = new HashMap<>();
    if (!hasBatches(connection, dataset)) {
      return batches;
    }
    try (PreparedStatement query =
            connection.prepareStatement(
                "select object, generation from _millrace_batches"
                    + " where bucket = 'content' and state = 'loaded'");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String sha256 = rows.getString(1);
        batches.put(sha256, BatchRef.ofContent(sha256, rows.getLong(2)));
      }
    }
    return batches;
  }

  private static boolean hasBatches(Connection connection, String dataset) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select 1 from information_schema.tables"
                + " where table_schema = ? and table_name = '_millrace_batches'")) {
      query.setString(1, dataset);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}
