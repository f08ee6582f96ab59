package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB file that is open only while something is done in it, so that other programs can read it
 * in between. Thread-safe: one thing at a time is done in a file, in the order in which it was
 * asked for.
 */
public final class DuckDbFile {
  /** How long a file is waited for that another process holds. */
  public static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
  private static final Map<Path, ReentrantLock> IN_USE = new ConcurrentHashMap<>();

  private final Path path;
  private final Duration lockWait;
  private final Failures failures;
  private final ReentrantLock inUse;

  /** What is done in the open file. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Connection connection) throws SQLException, IOException;
  }

  /**
   * Names a file; it is not touched yet.
   *
   * @param lockWait how long to wait for another process that holds it, such as {@link #LOCK_WAIT}
   * @throws LoadException {@link LoadError#MISCONFIGURED} if the driver can't take such a path
   */
  public DuckDbFile(Path path, Duration lockWait) throws LoadException {
    this.path = path.toAbsolutePath().normalize();
    this.lockWait = lockWait;
    this.failures = new Failures(this.path);
    this.inUse = IN_USE.computeIfAbsent(this.path, each -> new ReentrantLock(true));
    if (this.path.toString().matches("(?s).*[;?].*")) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "DuckDB's driver takes no path with ';' or '?' in it: " + this.path);
    }
  }

  /** Absolute. */
  public Path path() {
    return path;
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Opens the file, made if it isn't there, works in it, and closes it. The connection commits each
   * statement unless the work says otherwise; what it leaves uncommitted is rolled back.
   *
   * @throws LoadException {@link LoadError#DATABASE_LOCKED} with the holder's name and process id
   *     if another process held it all the time; and for every failure of DuckDB's
   */
  public <T> T open(Work<T> work) throws IOException {
    try {
      return openUnclassified(work);
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  /**
   * Opens a file that is there for reading only, asks, and closes it: nothing in it or beside it
   * changes, and others may read it at the same time.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if it is not there; else as {@link #open}
   */
  public <T> T read(Work<T> work) throws IOException {
    try {
      inUse.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try (Connection connection = connectForReading()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw failures.of(e);
    } finally {
      inUse.unlock();
    }
  }

  /**
   * Keeps the file open between one {@link #read} and the next, until the returned is closed:
   * opening takes time that grows with the number of tables. {@link #open} fails meanwhile.
   *
   * @throws LoadException as {@link #read}
   */
  public Closeable keepOpenForReading() throws IOException {
    try {
      Connection connection = connectForReading();
      return () -> close(connection);
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  private Connection connectForReading() throws IOException, SQLException {
    if (!exists()) {
      throw new LoadException(LoadError.MISCONFIGURED, path + " is not there");
    }
    Properties settings = settings();
    settings.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, "true");
    return connect(path, settings);
  }

  private void close(Connection connection) throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  /** As {@link #open}; what fails in the work is thrown as it is. */
  <T> T openUnclassified(Work<T> work) throws IOException, SQLException {
    try {
      inUse.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      if (!exists()) {
        create();
      }
      try (Connection connection = connect(path, settings())) {
        return work.with(connection);
      }
    } finally {
      inUse.unlock();
    }
  }

  LoadException classify(SQLException e) {
    return failures.of(e);
  }

  /** Under its own name the file is a database from the first moment, even if we are killed. */
  private void create() throws IOException, SQLException {
    if (path.getParent() != null) {
      try {
        Files.createDirectories(path.getParent());
      } catch (IOException e) {
        throw new LoadException(
            LoadError.MISCONFIGURED,
            "the folder of %s can't be made: %s".formatted(path, e.getMessage()),
            e);
      }
    }
    Path log = path.resolveSibling(path.getFileName() + ".wal");
    if (Files.exists(log) && !exists()) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "%s is the log of a database that is gone: put %s back, or move the log away too."
              .formatted(log, path));
    }
    Path fresh =
        path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    Files.deleteIfExists(fresh);
    connect(fresh, settings()).close();
    try {
      Files.createLink(path, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster: its file it is.
      return;
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(fresh, path);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Connection connect(Path database, Properties settings) throws IOException, SQLException {
    long deadline = System.nanoTime() + lockWait.toNanos();
    while (true) {
      try {
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + database, settings);
        UnpackedLibrary.delete();
        return connection;
      } catch (SQLException e) {
        if (!Failures.isLocked(e)) {
          throw e;
        }
        if (System.nanoTime() - deadline >= 0) {
          throw failures.locked(e, lockWait.toSeconds());
        }
      }
      try {
        Thread.sleep(BETWEEN_TRIES.toMillis());
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
  }

  private InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for " + path);
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", Effort.USUAL.memoryLimit());
    // Row groups are written by all threads; twice as fast as in the order of the lines.
    settings.setProperty("preserve_insertion_order", "false");
    // A new file can be read by every DuckDB since early 2025.
    settings.setProperty("storage_compatibility_version", "v1.2.0");
    // Nothing is ever fetched from the network.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return settings;
  }
}
