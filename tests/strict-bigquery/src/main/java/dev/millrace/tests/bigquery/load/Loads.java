package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.catalog.Relation;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.quotas.Quotas;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.duckdb.DuckDBConnection;

/**
 * Carries out load jobs. A job is one transaction: all rows of all its objects, or none (docs page
 * "Introduction to loading data": load jobs are atomic and consistent). A connection that is closed
 * before its commit leaves nothing. Thread-safe.
 */
public final class Loads {
  /** Docs page "Quotas and limits", load jobs: JSON row size. */
  private static final int GREATEST_ROW_BYTES = 100 * 1024 * 1024;

  private final Catalog catalog;
  private final Quotas quotas;
  private final Database database;
  private final CloudStorage storage;
  private final Clock clock;

  public Loads(
      Catalog catalog, Quotas quotas, Database database, CloudStorage storage, Clock clock) {
    this.catalog = catalog;
    this.quotas = quotas;
    this.database = database;
    this.storage = storage;
    this.clock = clock;
  }

  /** Runs a job to its end. What fails it is in the outcome; nothing is thrown. */
  public LoadOutcome run(LoadRequest request) {
    try {
      return catalog.reading(() -> runWithCatalog(request));
    } catch (RefusedException e) {
      return LoadOutcome.failed(e.error());
    }
  }

  /**
   * The table must be there: with CREATE_NEVER it is "notFound" in the job's result (REST
   * reference, {@code createDisposition}), and without a schema nothing can be created either.
   */
  private LoadOutcome runWithCatalog(LoadRequest request) {
    Relation relation = catalog.relation(request.table());
    if (!(relation instanceof Table table)) {
      throw new RefusedException(
          Reason.INVALID, request.table() + " is not allowed for this operation: it is a VIEW");
    }
    boolean partitioned = table.partitioning() != null;
    quotas.tableUpdate(table.name(), partitioned);
    if (!partitioned) {
      quotas.modification(table.name());
    }
    table.writing().lock();
    try {
      return write(request, table);
    } finally {
      table.writing().unlock();
    }
  }

  private LoadOutcome write(LoadRequest request, Table table) {
    try (DuckDBConnection connection = database.connect();
        Statement transaction = connection.createStatement()) {
      // Said in SQL: the driver's own way begins with the first statement, and an appender is none.
      transaction.execute("BEGIN TRANSACTION");
      prepare(request, table, transaction);
      RowErrors errors = new RowErrors(request.maxBadRecords());
      RowParser parser = new RowParser(table.columns(), request.ignoreUnknownValues());
      long bytes = 0;
      long rows;
      int partitions;
      try (RowWriter writer = new RowWriter(connection, table)) {
        for (String uri : request.uris()) {
          bytes += read(uri, parser, writer, errors);
          if (errors.areTooMany()) {
            break;
          }
        }
        rows = writer.rows();
        partitions = writer.partitions();
      } catch (RefusedException e) {
        countPartitions(table, 1);
        throw e;
      }
      countPartitions(table, Math.max(1, partitions));
      if (errors.areTooMany()) {
        long read = rows + errors.count();
        return new LoadOutcome(0, errors.count(), bytes, errors.all(read), errors.result(read));
      }
      transaction.execute("COMMIT");
      table.touch(clock.millis());
      return new LoadOutcome(rows, errors.count(), bytes, errors.tolerated(), null);
    } catch (SQLException e) {
      throw new RefusedException(
          Reason.INTERNAL_ERROR, "DuckDB failed on " + table.name() + ": " + e.getMessage());
    }
  }

  private void prepare(LoadRequest request, Table table, Statement transaction)
      throws SQLException {
    switch (request.writing()) {
      case WRITE_APPEND -> {}
      case WRITE_EMPTY -> {
        if (database.count(table.storedAs()) > 0) {
          throw RefusedException.alreadyExists("Table " + table.name());
        }
      }
      case WRITE_TRUNCATE -> transaction.execute("DELETE FROM " + table.storedAs());
    }
  }

  private void countPartitions(Table table, int partitions) {
    if (table.partitioning() != null) {
      quotas.partitionModifications(table.name(), partitions);
    }
  }

  /** Reads an object until its end or until there are too many errors; returns the bytes read. */
  private long read(String uri, RowParser parser, RowWriter writer, RowErrors errors)
      throws SQLException {
    try (InputStream content = storage.open(uri)) {
      Lines lines = new Lines(content, GREATEST_ROW_BYTES);
      while (!errors.areTooMany() && lines.advance()) {
        if (lines.isTooLong()) {
          errors.add(uri, lines.start(), "Row size is larger than: " + GREATEST_ROW_BYTES + ".");
        } else if (!lines.isBlank()) {
          try {
            writer.write(parser.parse(lines.line(), lines.length()));
          } catch (RowException e) {
            errors.add(uri, lines.start(), e.getMessage());
          }
        }
      }
      return lines.position();
    } catch (IOException e) {
      throw new RefusedException(
          Reason.BACKEND_ERROR, "Cloud Storage can't be read: " + uri + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(Reason.BACKEND_ERROR, "The server is closing");
    }
  }
}
