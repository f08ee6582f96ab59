package dev.millrace.loader.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * For how long things are kept, or looked for.
 *
 * @param landingRetention for how long batch objects stay in the landing bucket; 30 days unless set
 * @param partitionExpiry after which a partition of an event table is deleted; null if never, which
 *     holds unless set
 * @param deduplication how far back events of earlier batches are looked for; null if they are not,
 *     which holds unless set
 */
public record Periods(Duration landingRetention, Duration partitionExpiry, Duration deduplication) {
  /** What holds where nothing is set. */
  public static final Periods DEFAULT = new Periods(Duration.ofDays(30), null, null);

  public Periods {
    Objects.requireNonNull(landingRetention, "landingRetention");
  }
}
