package dev.millrace.function.bigquery;

import java.util.List;

/**
 * Some lines of a sealed part, as an object of their own.
 *
 * @param part the part's path in the staging place
 * @param path of the object with the lines; the part itself, if these are all of it
 * @param first line of the part, from 0
 * @param last line of the part, not included; {@link #ALL} if the lines are not counted yet
 */
record Piece(String part, String path, long first, long last) {
  static final long ALL = -1;

  static Piece whole(String part) {
    return new Piece(part, part, 0, ALL);
  }

  /** What its load job is known by, beside the load id. */
  List<String> key() {
    return List.of(part, Long.toString(first), Long.toString(last));
  }

  boolean isCounted() {
    return last != ALL;
  }

  /** How many lines; 0 if they are not counted yet. */
  long lines() {
    return isCounted() ? last - first : 0;
  }

  boolean isOneLine() {
    return lines() == 1;
  }

  /** The same, with all of its lines counted. */
  Piece counted(long lines) {
    return new Piece(part, path, first, first + lines);
  }

  /** The first half of the lines, the shorter one if they are uneven; beside the part. */
  Piece left() {
    return of(first, middle());
  }

  Piece right() {
    return of(middle(), last);
  }

  private long middle() {
    return first + (last - first) / 2;
  }

  private Piece of(long from, long to) {
    String base = part.endsWith(".jsonl") ? part.substring(0, part.length() - 6) : part;
    return new Piece(part, "%s.%d-%d.jsonl".formatted(base, from, to), from, to);
  }
}
