package dev.millrace.embedded;

import dev.millrace.embedded.duckdb.DuckDbFile;
import dev.millrace.embedded.duckdb.DuckDbWarehouse;
import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.embedded.folder.StagingFolder;
import dev.millrace.embedded.folder.StateFolder;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.PortsProvider;
import dev.millrace.loader.settings.Settings;
import dev.millrace.loader.system.SystemTables;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ports on a folder and a DuckDB file: {@code ports.kind: embedded}. Its settings are {@code
 * folder} (required; made when something is written), {@code bucket}, the landing bucket's name
 * ({@code millrace-local} unless set), and {@code database}, the DuckDB file ({@code
 * millrace.duckdb} in the folder unless set).
 */
public final class EmbeddedPortsProvider implements PortsProvider {
  private static final String FOLDER = "folder";
  private static final String BUCKET = "bucket";
  private static final String DATABASE = "database";
  private static final String DEFAULT_BUCKET = "millrace-local";
  private static final String DEFAULT_DATABASE = "millrace.duckdb";

  @Override
  public String kind() {
    return "embedded";
  }

  @Override
  public Ports open(Settings settings) throws LoadException {
    Map<String, String> set = settings.portSettings();
    refuseUnknown(set);
    if (set.getOrDefault(FOLDER, "").isBlank()) {
      throw misconfigured("ports.folder is missing: name the pipeline's folder", null);
    }
    Path folder = path(FOLDER, set.get(FOLDER));
    refuseFile(folder);
    Path database =
        set.containsKey(DATABASE)
            ? path(DATABASE, set.get(DATABASE))
            : folder.resolve(DEFAULT_DATABASE);
    refuseAmbiguous(database, settings);
    String bucket = set.getOrDefault(BUCKET, DEFAULT_BUCKET);
    if (bucket.isBlank()) {
      throw misconfigured("ports.bucket is empty: name the landing bucket, or leave it out", null);
    }
    Clock clock = Clock.systemUTC();
    BatchStore store =
        new BatchStore(
            LandingFolder.of(folder, bucket),
            new StagingFolder(folder, clock),
            new StateFolder(folder, clock));
    DuckDbFile file = new DuckDbFile(database, DuckDbFile.LOCK_WAIT);
    return new Ports(store, new DuckDbWarehouse(file, settings.dataset(), SystemTables.ALL));
  }

  /** The folder itself is made only when something is written. */
  private static void refuseFile(Path folder) throws LoadException {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there != null && !Files.isDirectory(there)) {
      throw misconfigured(
          "ports.folder can't be used: %s is a file. Name a folder that you may write to."
              .formatted(there),
          null);
    }
  }

  private static void refuseUnknown(Map<String, String> set) throws LoadException {
    Set<String> unknown = new TreeSet<>(set.keySet());
    unknown.removeAll(Set.of(FOLDER, BUCKET, DATABASE));
    if (!unknown.isEmpty()) {
      throw misconfigured(
          "ports of kind embedded have no setting %s; they have folder, bucket and database"
              .formatted(String.join(", ", unknown)),
          null);
    }
  }

  /** DuckDB calls a file by its name's first part, which must not be a schema's name too. */
  private static void refuseAmbiguous(Path database, Settings settings) throws LoadException {
    String file = database.getFileName().toString();
    String called = file.contains(".") ? file.substring(0, file.indexOf('.')) : file;
    if (called.equalsIgnoreCase(settings.dataset())
        || called.equalsIgnoreCase(settings.uniqueDataset())) {
      throw misconfigured(
          "ports.database can't be called %s, for that is the name of a schema in it; choose another"
              .formatted(file),
          null);
    }
  }

  private static Path path(String setting, String value) throws LoadException {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw misconfigured("ports.%s is no path: %s".formatted(setting, e.getMessage()), e);
    }
  }

  private static LoadException misconfigured(String message, Exception cause) {
    return new LoadException(LoadError.MISCONFIGURED, message, cause);
  }
}
