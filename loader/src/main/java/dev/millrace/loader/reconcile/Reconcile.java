package dev.millrace.loader.reconcile;

import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Ports;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Answers whether anything is lost: compares the landing bucket with what the dataset knows, and
 * publishes the notices of what is missing again. Memory is bounded however many objects there are.
 * Thread-safe; may run at any time, for a notice too many does no harm.
 */
public final class Reconcile {
  private final Ports ports;
  private final AgeWindow window;
  private final Clock clock;

  /**
   * Looks at objects that are older than 30 minutes.
   *
   * @param landingRetention older objects may be gone at any moment, and are not looked at
   */
  public Reconcile(Ports ports, Duration landingRetention, Clock clock) {
    this(ports, new AgeWindow(AgeWindow.USUAL_MIN_AGE, landingRetention), clock);
  }

  public Reconcile(Ports ports, AgeWindow window, Clock clock) {
    this.ports = Objects.requireNonNull(ports, "ports");
    this.window = Objects.requireNonNull(window, "window");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Looks at every object once.
   *
   * @throws IOException if the bucket can't be listed, the dataset asked or a notice published;
   *     notices that were published before stay so
   */
  public ReconcileReport run() throws IOException {
    Instant now = clock.instant();
    Tally tally = new Tally();
    SettledObjects objects = new SettledObjects(ports.warehouse(), tally::add);
    ports
        .store()
        .landing()
        .list(
            object -> {
              if (!window.isYoung(object, now) && !window.isOld(object, now)) {
                objects.add(object);
              }
            });
    objects.ask();
    for (Landing.Listed object : tally.oldestMissing()) {
      ports.notices().publish(object.batch());
    }
    return tally.report();
  }
}
