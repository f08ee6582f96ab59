package dev.millrace.loader.reconcile;

import dev.millrace.loader.ports.Landing;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Which objects are looked at, by their age.
 *
 * @param minAge a younger one may still be on its way
 * @param maxAge an older one may be gone at any moment; null to look at all
 */
public record AgeWindow(Duration minAge, Duration maxAge) {
  /** Within this time a batch is loaded, unless something is wrong. */
  public static final Duration USUAL_MIN_AGE = Duration.ofMinutes(30);

  public AgeWindow {
    Objects.requireNonNull(minAge, "minAge");
  }

  boolean isYoung(Landing.Listed object, Instant now) {
    return object.created().isAfter(now.minus(minAge));
  }

  boolean isOld(Landing.Listed object, Instant now) {
    return maxAge != null && object.created().isBefore(now.minus(maxAge));
  }
}
