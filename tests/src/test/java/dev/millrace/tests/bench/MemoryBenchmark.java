package dev.millrace.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The memory of packaging a large batch: {@code scripts/bench memory} runs it. */
final class MemoryBenchmark {
  private static final long LIMIT_BYTES = 512L << 20;

  private MemoryBenchmark() {}

  /**
   * @param arguments a file of events, the batch's size in MiB, and a folder with room for three
   *     times as much
   */
  public static void main(String... arguments) throws Exception {
    Path events = Path.of(arguments[0]);
    long bytes = Long.parseLong(arguments[1]) << 20;
    Path parent = Files.createDirectories(Path.of(arguments[2]));
    boolean kept = true;
    for (LargeBatch.Format format : LargeBatch.Format.values()) {
      Path folder = Files.createTempDirectory(parent, "memory");
      try {
        LargeBatch.Taken taken = LargeBatch.taken(events, bytes, format, folder);
        System.out.printf(
            "%-5s %,d MiB, %,d events: %.1f s, %.0f MiB/s, peak memory %d MiB%n",
            format,
            bytes >> 20,
            taken.events(),
            taken.seconds(),
            (bytes >> 20) / taken.seconds(),
            taken.peakBytes() >> 20);
        kept &= taken.peakBytes() <= LIMIT_BYTES;
      } finally {
        delete(folder);
      }
    }
    System.out.println(kept ? "under 512 MiB" : "MORE THAN 512 MiB");
    System.exit(kept ? 0 : 1);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
