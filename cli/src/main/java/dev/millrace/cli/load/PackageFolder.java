package dev.millrace.cli.load;

import dev.millrace.loader.ports.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A load package as a folder of this machine. */
final class PackageFolder {
  private final Path folder;

  PackageFolder(Staging staging, String loadId) {
    folder = Path.of(staging.location("packages/" + loadId));
  }

  /**
   * Deletes it. Once a package is loaded nobody needs it: whoever comes with the same file finds in
   * the tables that it is in.
   */
  void delete() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
