package dev.millrace.tests.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * DuckDB's driver beside its native library instead of around it: otherwise every process that
 * opens a database first unpacks 70 MB.
 */
final class DuckDbJar {
  private static final Path FOLDER = Path.of("target", "duckdb").toAbsolutePath();
  private static final String LIBRARIES = "libduckdb_java.so_";

  private DuckDbJar() {}

  /**
   * Returns a jar to stand in the class path for the driver's, made on first use; the same jar if
   * it has no library for this machine.
   */
  static synchronized Path beside(Path driver) throws IOException {
    Path slim = FOLDER.resolve(driver.getFileName());
    if (Files.exists(slim)) {
      return slim;
    }
    try (JarFile jar = new JarFile(driver.toFile())) {
      JarEntry library = jar.getJarEntry(LIBRARIES + platform());
      if (library == null) {
        return driver;
      }
      Files.createDirectories(FOLDER);
      Path unpacked = Files.createTempFile(FOLDER, "library", "");
      try (OutputStream out = Files.newOutputStream(unpacked)) {
        jar.getInputStream(library).transferTo(out);
      }
      move(unpacked, FOLDER.resolve(library.getName()));
      Path without = Files.createTempFile(FOLDER, "driver", "");
      copyWithoutLibraries(jar, without);
      // Last, since it is what tells that all is there.
      move(without, slim);
    }
    return slim;
  }

  private static void copyWithoutLibraries(JarFile jar, Path target) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (!entry.getName().startsWith(LIBRARIES)) {
          out.putNextEntry(new JarEntry(entry.getName()));
          try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
          }
          out.closeEntry();
        }
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** As the driver names it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.startsWith("mac") ? "macos" : system.startsWith("linux") ? "linux" : "windows")
        + "_"
        + (machine.equals("aarch64") || machine.equals("arm64") ? "arm64" : "amd64");
  }
}
