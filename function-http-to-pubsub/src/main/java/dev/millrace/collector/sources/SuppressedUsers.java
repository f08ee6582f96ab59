package dev.millrace.collector.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** User ids whose events must not be stored. Thread-safe. */
public final class SuppressedUsers {
  private SuppressedUsers() {}

  /**
   * Those in a file, one id a line; lines that are empty count for nothing. It is read again every
   * minute.
   *
   * @param nanoClock as {@link System#nanoTime}
   * @throws IOException if it can't be read now
   */
  public static Predicate<String> in(Path file, LongSupplier nanoClock) throws IOException {
    WatchedFile<Set<String>> ids = new WatchedFile<>(file, SuppressedUsers::parse, nanoClock);
    return id -> ids.value().contains(id.strip());
  }

  private static Set<String> parse(byte[] content) {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
