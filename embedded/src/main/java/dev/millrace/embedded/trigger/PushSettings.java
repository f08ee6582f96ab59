package dev.millrace.embedded.trigger;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how notices are pushed.
 *
 * @param target what is POSTed to, an http or https address
 * @param subscription the full name that the push carries, {@code projects/…/subscriptions/…}
 * @param timeout how long an answer may take; 600 s unless set, the cloud's longest
 * @param backoff how long to wait after a failure
 * @param openDeliveries how many requests may be open at once; 4 unless set
 */
public record PushSettings(
    URI target, String subscription, Duration timeout, Backoff backoff, int openDeliveries) {
  public PushSettings {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(subscription, "subscription");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(backoff, "backoff");
    if (!"http".equals(target.getScheme()) && !"https".equals(target.getScheme())) {
      throw new IllegalArgumentException(
          "Notices can be pushed to an http or https address, not to " + target + ".");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "The push timeout must be more than 0, but is " + timeout + ".");
    }
    if (openDeliveries < 1) {
      throw new IllegalArgumentException(
          "At least 1 delivery must be allowed at once, not " + openDeliveries + ".");
    }
  }

  /** The usual settings: 600 s, {@link Backoff#LAPTOP}, 4 at once. */
  public static PushSettings to(URI target, String subscription) {
    return new PushSettings(target, subscription, Duration.ofSeconds(600), Backoff.LAPTOP, 4);
  }

  public PushSettings withTimeout(Duration other) {
    return new PushSettings(target, subscription, other, backoff, openDeliveries);
  }

  public PushSettings withBackoff(Backoff other) {
    return new PushSettings(target, subscription, timeout, other, openDeliveries);
  }

  public PushSettings withOpenDeliveries(int other) {
    return new PushSettings(target, subscription, timeout, backoff, other);
  }
}
