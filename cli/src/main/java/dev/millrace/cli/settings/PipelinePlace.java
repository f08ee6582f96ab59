package dev.millrace.cli.settings;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Where an embedded pipeline keeps its things.
 *
 * @param folder for batches, packages and the schema
 * @param database the DuckDB file
 * @param bucket what the folder's batches are called by in the tables
 */
public record PipelinePlace(Path folder, Path database, String bucket) {
  /** The bucket's name of everything that runs on one machine. */
  private static final String BUCKET = "millrace-local";

  /**
   * The place of a command that loads files.
   *
   * @param work null for a hidden folder beside the database
   */
  public static PipelinePlace ofFiles(Path database, Path work) {
    Path file = database.toAbsolutePath().normalize();
    if (Files.isDirectory(file)) {
      throw Failure.usage(database + " is a folder; name a DuckDB file");
    }
    Path folder = work == null ? workBeside(file) : work;
    return new PipelinePlace(made(folder), file, BUCKET);
  }

  /** The place of a pipeline that runs: everything in one folder. */
  public static PipelinePlace ofPipeline(Path folder) {
    return in(made(folder));
  }

  /** The same of a pipeline that has run there; nothing is made. */
  static PipelinePlace existing(Path folder) {
    PipelinePlace place = in(folder.toAbsolutePath().normalize());
    if (!Files.isDirectory(place.folder)) {
      throw Failure.usage(
          folder
              + (Files.exists(place.folder) ? " is a file" : " is not there")
              + "; name the folder of a pipeline that `millrace local` runs");
    }
    if (!Files.isReadable(place.folder) || !Files.isExecutable(place.folder)) {
      throw Failure.usage("the folder " + folder + " can't be read: no permission");
    }
    if (!Files.exists(place.database) && !Files.exists(place.folder.resolve("landing"))) {
      throw Failure.usage(
          "no pipeline has run in %s: it has neither landing nor %s"
              .formatted(folder, place.database.getFileName()));
    }
    return place;
  }

  /** The place of files that are loaded; nothing is made. */
  static PipelinePlace existingFile(Path database) {
    Path file = database.toAbsolutePath().normalize();
    if (Files.isDirectory(file)) {
      throw Failure.usage(database + " is a folder; name a DuckDB file, or the folder by --folder");
    }
    if (!Files.exists(file)) {
      throw Failure.usage(
          database + " is not there; name a DuckDB file that `millrace load` wrote");
    }
    return new PipelinePlace(workBeside(file), file, BUCKET);
  }

  /** Where settings say that an embedded pipeline is; empty if theirs is none. */
  public static Optional<PipelinePlace> of(Settings settings) {
    Map<String, String> ports = settings.portSettings();
    if (!settings.portsKind().equals("embedded") || !ports.containsKey("folder")) {
      return Optional.empty();
    }
    Path folder = Path.of(ports.get("folder")).toAbsolutePath().normalize();
    Path database =
        ports.containsKey("database")
            ? Path.of(ports.get("database"))
            : folder.resolve("millrace.duckdb");
    return Optional.of(new PipelinePlace(folder, database, ports.getOrDefault("bucket", BUCKET)));
  }

  /** Fails if settings name embedded ports of which nothing is there. */
  static void refuseUnlessThere(Settings settings) {
    Map<String, String> ports = settings.portSettings();
    if (settings.portsKind().equals("embedded")
        && ports.values().stream().noneMatch(place -> Files.exists(Path.of(place)))) {
      throw Failure.usage(
          "ports.folder is %s, which is not there: no pipeline has run there"
              .formatted(ports.get("folder")));
    }
  }

  private static PipelinePlace in(Path folder) {
    return new PipelinePlace(folder, folder.resolve("millrace.duckdb"), BUCKET);
  }

  private static Path workBeside(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".work");
  }

  /**
   * Fails if another pipeline runs on the folder. Whoever starts one takes the lock itself; this
   * comes before anything in the folder is changed.
   */
  public void refuseIfInUse() {
    Path lockFile = folder.resolve("pipeline.lock");
    if (!Files.exists(lockFile)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse();
      }
    } catch (OverlappingFileLockException e) {
      throw inUse();
    } catch (IOException e) {
      throw Failure.failed(lockFile + " can't be opened: " + reason(e), e);
    }
  }

  /**
   * Fails if DuckDB could not tell the file from the dataset: it calls a file by its name's first
   * part, and takes {@code telemetry.x} for a table of the file {@code telemetry.duckdb}.
   */
  void refuseIfNamedLike(String dataset) {
    String file = database.getFileName().toString();
    String called = file.contains(".") ? file.substring(0, file.indexOf('.')) : file;
    if (called.equalsIgnoreCase(dataset) || called.equalsIgnoreCase(dataset + "_unique")) {
      throw Failure.usage(
          "the DuckDB file can't be called %s, for that is the name of a schema in it; choose another"
              .formatted(file));
    }
  }

  /** As {@code ports} of the settings. */
  Map<String, String> ports() {
    return Map.of("folder", folder.toString(), "database", database.toString(), "bucket", bucket);
  }

  private Failure inUse() {
    return Failure.failed(
        "another pipeline runs in the folder " + folder + "; stop it first, or choose another");
  }

  private static Path made(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw Failure.usage("the folder %s can't be made: %s".formatted(absolute, reason(e)), e);
    }
    if (!Files.isWritable(absolute)) {
      throw Failure.usage("the folder " + absolute + " can't be written; choose another");
    }
    return absolute;
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file";
    }
    return e instanceof FileSystemException failed && failed.getReason() != null
        ? failed.getReason()
        : "the system refuses it";
  }
}
