package dev.millrace.cli.replay;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths of a Segment archive: {@code segment-logs/<source>/<day>/<file>.gz}, where the day is
 * the one at which the events were received, as a Unix timestamp in seconds or milliseconds.
 */
final class SegmentPath {
  private static final Pattern FORM =
      Pattern.compile("(?:.*/)?([0-9]{9,10}|[0-9]{12,13})/[^/]+\\.(?:gz|json|jsonl)");
  private static final int SECONDS_DIGITS = 10;

  private SegmentPath() {}

  /** The day of a file of the archive; empty if it is none. */
  static Optional<Instant> day(String path) {
    Matcher form = FORM.matcher(path);
    if (!form.matches()) {
      return Optional.empty();
    }
    long time = Long.parseLong(form.group(1));
    return Optional.of(
        form.group(1).length() <= SECONDS_DIGITS
            ? Instant.ofEpochSecond(time)
            : Instant.ofEpochMilli(time));
  }
}
