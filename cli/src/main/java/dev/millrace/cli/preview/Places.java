package dev.millrace.cli.preview;

import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.Place;
import dev.millrace.cli.files.Spot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where events stand, looked up in one reading of each file. */
final class Places {
  private final Map<Integer, Set<Spot>> wanted = new HashMap<>();
  private final Map<Integer, Map<Spot, Place>> found = new HashMap<>();

  /**
   * Asks for a place.
   *
   * @param file which file, from 0
   */
  void want(int file, Spot spot) {
    wanted.computeIfAbsent(file, each -> new HashSet<>()).add(spot);
  }

  /** Reads the files in which there is something to find. */
  void find(List<EventFile> files) {
    wanted.forEach((file, spots) -> found.put(file, Place.ofAll(files.get(file), spots)));
  }

  /** A place that was wanted and found. */
  Place of(int file, Spot spot) {
    return found.get(file).get(spot);
  }
}
