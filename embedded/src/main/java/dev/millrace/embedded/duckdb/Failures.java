package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DuckDB's errors mean. The driver gives no codes, so its texts (2.0) are matched, here and
 * nowhere else.
 */
final class Failures {
  private static final Pattern HOLDER = Pattern.compile("is held in (.+? \\(PID \\d+\\))");
  private static final Pattern PLACE =
      Pattern.compile("in file \"([^\"]*)\",(?: at byte \\d+)? in line (\\d+)");
  private static final List<String> NO_DATABASE =
      List.of(
          "not a valid DuckDB database file",
          "Data Corruption Error",
          "Serialization Error",
          "Is a directory",
          // What it says of a file of text that is to be read only.
          "Cannot launch in-memory database in read-only mode");
  private static final List<String> NO_ACCESS =
      List.of("Permission denied", "Read-only file system", "Cannot open file", "Not a directory");

  private final Path file;

  Failures(Path file) {
    this.file = file;
  }

  /** Whether somebody else has the file open now. */
  static boolean isLocked(SQLException e) {
    return text(e).contains("Could not set lock on file")
        || text(e).contains("with a different configuration than existing connections");
  }

  /** Whether more memory would have helped. */
  static boolean isOutOfMemory(SQLException e) {
    return text(e).startsWith("Out of Memory Error");
  }

  /** Whether a line of a part is longer than it was said to be. */
  static boolean isLineTooLong(SQLException e) {
    return text(e).contains("\"maximum_object_size\" of");
  }

  /** Who holds the file, as far as DuckDB says it. */
  LoadException locked(SQLException e, long seconds) {
    Matcher holder = HOLDER.matcher(text(e));
    String who = holder.find() ? holder.group(1) : "another connection of this process";
    return new LoadException(
        LoadError.DATABASE_LOCKED,
        "%s is held by %s; waited %d s for it. Close the database there, then try again."
            .formatted(file, who, seconds));
  }

  /** The same failure with its place in the catalogue. Values of rows are left out. */
  LoadException of(SQLException e) {
    String text = text(e);
    if (text.contains("with version number") && text.contains("can only read")) {
      return new LoadException(
          LoadError.MISCONFIGURED,
          file + " was written by a newer DuckDB. Use a newer Millrace, or another file.",
          e);
    }
    if (containsAny(text, NO_DATABASE)) {
      return new LoadException(
          LoadError.MISCONFIGURED,
          file + " is no DuckDB database, or a damaged one: move it away, or name another file.",
          e);
    }
    if (text.contains("Failure while replaying WAL")) {
      return new LoadException(
          LoadError.MISCONFIGURED,
          "the log beside %s does not belong to it: %s. If the database was deleted or put back by hand, move %s.wal away too."
              .formatted(file, reason(text), file),
          e);
    }
    if (text.startsWith("IO Error") && containsAny(text, NO_ACCESS)) {
      return new LoadException(
          LoadError.MISCONFIGURED,
          file + " can't be opened: " + reason(text) + ". Check the folder and its permissions.",
          e);
    }
    if (isOutOfMemory(e)) {
      return new LoadException(
          LoadError.UNAVAILABLE, "not enough memory to write to " + file + ": " + reason(text), e);
    }
    return switch (kind(text)) {
      case "IO Error" ->
          new LoadException(
              LoadError.UNAVAILABLE, "can't read or write " + file + ": " + reason(text), e);
      case "Catalog Error", "Binder Error" ->
          new LoadException(
              LoadError.MISCONFIGURED,
              "%s is not as it was left: %s. Undo what was changed by hand."
                  .formatted(file, reason(text)),
              e);
      case "Invalid Input Error",
          "Conversion Error",
          "Constraint Error",
          "Out of Range Error",
          "Mismatch Type Error" ->
          refused(text);
      default ->
          new LoadException(
              LoadError.UNAVAILABLE, "DuckDB failed on " + file + ": " + kind(text), e);
    };
  }

  /** DuckDB quotes the row, so neither its text nor the exception is passed on. */
  private LoadException refused(String text) {
    Matcher place = PLACE.matcher(text);
    String where =
        place.find() ? " in line %s of %s".formatted(place.group(2), place.group(1)) : "";
    return new LoadException(
        LoadError.COUNTS_DIFFER,
        "%s refuses a row%s (%s); nothing of the package is loaded. This is a bug of Millrace."
            .formatted(file, where, kind(text)));
  }

  private static boolean containsAny(String text, List<String> parts) {
    return parts.stream().anyMatch(text::contains);
  }

  private static String kind(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }

  /** The first line without the kind. */
  private static String reason(String text) {
    String line = text.lines().findFirst().orElse(text);
    return line.substring(Math.min(line.length(), kind(line).length() + 1)).strip();
  }

  private static String text(SQLException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
