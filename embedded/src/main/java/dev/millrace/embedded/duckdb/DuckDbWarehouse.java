package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.system.SystemTable;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBDriver;

/**
 * A warehouse in one DuckDB file: the tables in a schema of the dataset's name, the views in {@code
 * <dataset>_unique}. Loading a package and committing it are one transaction, the changes of tables
 * included. The file is open only while something is done in it; there is nothing to close.
 * Thread-safe, also over processes.
 */
public final class DuckDbWarehouse implements Warehouse {
  private static final System.Logger LOG = System.getLogger(DuckDbWarehouse.class.getName());
  private final DuckDbFile file;
  private final String dataset;
  private final Layout system;
  private final Evolution evolution;
  private final Brought brought;
  private final DatasetQueries queries;

  /**
   * @param dataset the tables' schema
   * @param systemTables tables that are always there, {@code _dlt_loads} among them
   */
  public DuckDbWarehouse(DuckDbFile file, String dataset, List<SystemTable> systemTables) {
    this.file = file;
    this.dataset = dataset;
    this.system = Layout.ofSystemTables(dataset, systemTables);
    this.evolution = new Evolution(dataset);
    this.brought = new Brought(file.path());
    this.queries = new DatasetQueries(dataset);
  }

  /**
   * Loads DuckDB's native library, which takes up to a second once per process: to be called on
   * another thread at the start, where a load will follow. A failure shows at the first use.
   */
  public static void warmUp() {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      UnpackedLibrary.delete();
    } catch (SQLException | LinkageError e) {
      LOG.log(Level.DEBUG, "DuckDB can't be started", e);
    }
  }

  @Override
  public String dltDestination() {
    return "duckdb";
  }

  @Override
  public boolean isLoaded(String loadId) throws IOException {
    return file.exists()
        && file.open(connection -> !queries.loaded(connection, Set.of(loadId)).isEmpty());
  }

  @Override
  public List<OtherColumn> evolve(Schema schema, Set<String> tables, Instant deadline)
      throws IOException {
    Layout wanted = system.with(dataset, schema, tables);
    return brought.covers(wanted.tables())
        ? List.of()
        : transaction(wanted, (connection, insert) -> {});
  }

  /**
   * {@inheritDoc}
   *
   * <p>Tables and views are brought to the schema first where that isn't done. The commit is asked
   * again for its rows where the load has to be begun anew because memory was short. There are no
   * jobs to wait for: whatever the deadline, the file is waited for as long as it always is.
   */
  @Override
  public void load(SealedPackage sealed, Commit commit, Instant deadline) throws IOException {
    Layout wanted = system.with(dataset, sealed.schema(), sealed.tables().keySet());
    transaction(
        wanted,
        (connection, insert) -> {
          if (!queries.loaded(connection, Set.of(sealed.loadId())).isEmpty()) {
            return;
          }
          Map<String, Long> loaded = new LinkedHashMap<>();
          for (Map.Entry<String, SealedPackage.TableParts> entry : sealed.tables().entrySet()) {
            PhysicalTable table = PhysicalTable.of(sealed.schema().table(entry.getKey()));
            loaded.put(entry.getKey(), insertParts(insert, table, entry.getValue()));
          }
          for (SystemRows rows : commit.rows(Taken.all(loaded))) {
            insertRows(insert, rows);
          }
        });
  }

  @Override
  public void record(List<SystemRows> rows) throws IOException {
    transaction(
        system,
        (connection, insert) -> {
          for (SystemRows each : rows) {
            insertRows(insert, each);
          }
        });
  }

  @Override
  public Optional<StoredSchema> storedSchema(String schemaName) throws IOException {
    return new DatasetSchema(file, dataset).withColumns(schemaName);
  }

  @Override
  public Map<String, Settled> settled(Set<String> loadIds) throws IOException {
    return file.exists() ? file.read(connection -> queries.settled(connection, loadIds)) : Map.of();
  }

  @Override
  public Set<String> present(Map<String, Set<String>> rootIds, Instant since, String butLoad)
      throws IOException {
    return file.exists()
        ? file.read(connection -> queries.present(connection, rootIds, since, butLoad))
        : Set.of();
  }

  @Override
  public Dataset dataset() {
    return new DuckDbDataset(file, dataset);
  }

  /** Does nothing: no file is open between two calls. */
  @Override
  public void close() {}

  @FunctionalInterface
  private interface Work {
    void run(Connection connection, JsonInsert insert) throws SQLException, IOException;
  }

  /**
   * All of the work is done, on top of the wanted layout, or nothing.
   *
   * @return columns that are not as they are wanted
   */
  private List<OtherColumn> transaction(Layout wanted, Work work) throws IOException {
    Effort effort = Effort.USUAL;
    while (true) {
      try {
        return transaction(effort, wanted, work);
      } catch (SQLException e) {
        boolean another = Failures.isOutOfMemory(e) || Failures.isLineTooLong(e);
        if (!another || effort.isLast()) {
          throw file.classify(e);
        }
        effort = effort.next();
        LOG.log(Level.INFO, "Begins again with more memory for DuckDB: {0}", effort.memoryLimit());
      }
    }
  }

  private List<OtherColumn> transaction(Effort effort, Layout wanted, Work work)
      throws IOException, SQLException {
    return file.openUnclassified(
        connection -> {
          effort.apply(connection);
          connection.setAutoCommit(false);
          List<OtherColumn> others =
              brought.covers(wanted.tables())
                  ? List.of()
                  : evolution.apply(connection, wanted.tables(), wanted.views());
          work.run(connection, new JsonInsert(connection, dataset, effort));
          connection.commit();
          if (checkpoint(connection) && others.isEmpty()) {
            brought.add(wanted.tables());
          }
          return others;
        });
  }

  /**
   * All of it goes from the log to the file, so that the file tells whether it changed since. If
   * that can't be done now, the work is committed all the same, and the next to open the file does
   * it.
   */
  private static boolean checkpoint(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
      return true;
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "The checkpoint waits for the next to open the file", e);
      return false;
    }
  }

  private static long insertParts(
      JsonInsert insert, PhysicalTable table, SealedPackage.TableParts parts)
      throws SQLException, IOException {
    if (parts.locations().isEmpty()) {
      return 0;
    }
    List<PhysicalColumn> columns = parts.columns().stream().map(table::column).toList();
    return insert.all(
        table,
        // A statement needs a column, also where no row has a value.
        columns.isEmpty() ? List.copyOf(table.columns().values()) : columns,
        parts.locations());
  }

  private void insertRows(JsonInsert insert, SystemRows rows) throws SQLException, IOException {
    if (!rows.locations().isEmpty()) {
      insertRows(insert, rows, rows.locations());
    } else if (rows.lines().length > 0) {
      Path lines = file.path().resolveSibling(file.path().getFileName() + ".rows");
      try {
        // Only one process has the database open, and so this file.
        Files.write(lines, rows.lines());
        insertRows(insert, rows, List.of(lines.toString()));
      } finally {
        Files.deleteIfExists(lines);
      }
    }
  }

  private static void insertRows(JsonInsert insert, SystemRows rows, List<String> locations)
      throws SQLException, IOException {
    PhysicalTable table = PhysicalTable.of(rows.table());
    List<PhysicalColumn> columns = List.copyOf(table.columns().values());
    if (rows.unlessExists() != null) {
      insert.absent(table, columns, locations, rows.unlessExists());
      return;
    }
    long inserted = insert.all(table, columns, locations);
    if (inserted != rows.rows()) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "%s took %d rows of %d".formatted(table.name(), inserted, rows.rows()));
    }
  }
}
