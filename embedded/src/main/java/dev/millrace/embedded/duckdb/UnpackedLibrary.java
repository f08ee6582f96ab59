package dev.millrace.embedded.duckdb;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The native library, 70 MB, that the driver unpacks to the folder for temporary files at its first
 * use and deletes when the process ends well. A process that is killed would leave it behind, so on
 * Linux, where a loaded file needs no name, its name is taken away at once.
 */
final class UnpackedLibrary {
  private static final System.Logger LOG = System.getLogger(UnpackedLibrary.class.getName());
  private static final Path LOADED_FILES = Path.of("/proc/self/maps");
  private static final AtomicBoolean DONE = new AtomicBoolean();

  private UnpackedLibrary() {}

  /** To be called when the library is loaded. Does nothing after the first time. */
  static void delete() {
    if (!Files.exists(LOADED_FILES) || DONE.getAndSet(true)) {
      return;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<String> lines = Files.lines(LOADED_FILES)) {
      Stream<Path> files = lines.filter(line -> line.contains("/")).map(UnpackedLibrary::file);
      for (Path file : files.filter(path -> isUnpacked(path, temporary)).distinct().toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "DuckDB''s native library stays in {0}", temporary);
    }
  }

  private static Path file(String line) {
    return Path.of(line.substring(line.indexOf('/')));
  }

  private static boolean isUnpacked(Path file, Path temporary) {
    return temporary.equals(file.getParent())
        && file.getFileName().toString().matches("libduckdb_java[0-9]+\\.so");
  }
}
