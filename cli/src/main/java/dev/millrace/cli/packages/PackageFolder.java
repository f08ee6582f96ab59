package dev.millrace.cli.packages;

import dev.millrace.loader.ports.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A load package as a folder of this machine. */
public final class PackageFolder {
  private static final String PACKAGES = "packages";

  private final Path folder;

  public PackageFolder(Staging staging, String loadId) {
    folder = Path.of(staging.location(PACKAGES + "/" + loadId));
  }

  /** The load ids of the packages that are there. */
  public static List<String> loadIds(Staging staging) throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(staging.location(PACKAGES)))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * Deletes it. Once a package is loaded nobody needs it: whoever comes with the same batch finds
   * in the tables that it is in.
   */
  public void delete() throws IOException {
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
