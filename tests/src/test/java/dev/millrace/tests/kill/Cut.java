package dev.millrace.tests.kill;

import dev.millrace.tests.process.LocalPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a killed pipeline had not finished, as its folder shows.
 *
 * @param journals batches that are no objects yet
 * @param objects of these, how many were being written
 * @param notices not acknowledged by the function
 * @param unsealed packages that were being made
 * @param uncommitted packages that are sealed, and not in the tables
 */
record Cut(long journals, long objects, long notices, long unsealed, long uncommitted) {
  static Cut of(LocalPipeline pipeline) throws Exception {
    Path folder = pipeline.folder();
    Set<String> loaded = new HashSet<>();
    if (pipeline.dataset().eventsRead() > 0) {
      for (List<Object> row : pipeline.dataset().rows("select load_id from _dlt_loads")) {
        loaded.add(row.get(0).toString());
      }
    }
    Set<Path> packages = new HashSet<>(Moment.list(folder.resolve("staging").resolve("packages")));
    packages.removeIf(load -> loaded.contains(load.getFileName().toString()));
    long sealed =
        packages.stream().filter(load -> Files.exists(load.resolve("manifest.json"))).count();
    return new Cut(
        files(folder.resolve("journal"), ".journal"),
        files(folder.resolve("journal"), ".object"),
        files(folder.resolve("notices"), ".json"),
        packages.size() - sealed,
        sealed);
  }

  private static long files(Path folder, String suffix) throws IOException {
    return Moment.list(folder).stream().filter(file -> file.toString().endsWith(suffix)).count();
  }

  @Override
  public String toString() {
    return "%d open batches (%d being written), %d notices, %d unsealed packages, %d uncommitted"
        .formatted(journals, objects, notices, unsealed, uncommitted);
  }
}
