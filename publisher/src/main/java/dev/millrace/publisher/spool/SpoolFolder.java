package dev.millrace.publisher.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a spool's folder.
 *
 * @param segments oldest first
 * @param nextNumber above those of all files, so that no name comes twice
 */
record SpoolFolder(List<Path> segments, long nextNumber) {
  static final String EVENTS = ".events";
  static final String DONE = ".done";

  private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,18})\\..*");

  static SpoolFolder list(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(file -> number(file) > 0).sorted().toList();
    }
    for (Path file : files) {
      if (file.toString().endsWith(DONE) && !Files.exists(eventsOf(file))) {
        Files.delete(file);
      }
    }
    long highest = files.stream().mapToLong(SpoolFolder::number).max().orElse(0);
    return new SpoolFolder(
        files.stream().filter(file -> file.toString().endsWith(EVENTS)).toList(), highest + 1);
  }

  static Path segment(Path folder, long number) {
    return folder.resolve(String.format("%018d", number) + EVENTS);
  }

  static Path doneOf(Path events) {
    return swap(events, EVENTS, DONE);
  }

  private static Path eventsOf(Path done) {
    return swap(done, DONE, EVENTS);
  }

  private static Path swap(Path file, String suffix, String other) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - suffix.length()) + other);
  }

  /** 0 for a file of another name. */
  private static long number(Path file) {
    Matcher name = NUMBERED.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }
}
