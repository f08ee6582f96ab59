package dev.millrace.cli.replay;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * The files of a Segment archive in a bucket.
 *
 * @param bucket with the archive, and maybe more
 * @param since of days that end after this time
 * @param until of days that begin before this time
 */
record SegmentDays(Landing bucket, Instant since, Instant until) implements Landing {
  private static final Duration DAY = Duration.ofDays(1);

  /** Whether a path is of a file of the archive, and of these days. */
  static boolean has(String path, Instant since, Instant until) {
    return SegmentPath.day(path)
        .filter(day -> day.plus(DAY).isAfter(since) && day.isBefore(until))
        .isPresent();
  }

  @Override
  public Opened open(BatchRef batch) throws IOException {
    return bucket.open(batch);
  }

  @Override
  public void list(Visitor visitor) throws IOException {
    list("", visitor);
  }

  @Override
  public void list(String prefix, Visitor visitor) throws IOException {
    bucket.list(
        prefix,
        object -> {
          if (has(object.batch().name(), since, until)) {
            visitor.object(object);
          }
        });
  }
}
