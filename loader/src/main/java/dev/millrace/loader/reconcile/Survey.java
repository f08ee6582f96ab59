package dev.millrace.loader.reconcile;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.Warehouse.Settled;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Lists what is missing of a landing place, and how far each batch has got. It changes nothing.
 * Memory is bounded however many objects there are. Thread-safe.
 */
public final class Survey {
  private final Ports ports;
  private final AgeWindow window;
  private final Clock clock;

  public Survey(Ports ports, AgeWindow window, Clock clock) {
    this.ports = Objects.requireNonNull(ports, "ports");
    this.window = Objects.requireNonNull(window, "window");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Looks at every object once.
   *
   * @param progress told how many objects have been looked at
   * @throws IOException if the place can't be listed or the dataset can't be asked
   */
  public SurveyReport run(LongConsumer progress) throws IOException {
    Instant now = clock.instant();
    SurveyTally tally = new SurveyTally();
    Packages packages =
        new Packages(
            ports.store().staging(),
            () -> {
              throw new IllegalStateException("a survey makes no packages");
            });
    SettledObjects objects =
        new SettledObjects(
            ports.warehouse(),
            (object, loadId, settled) -> {
              add(tally, packages, object, loadId, settled);
              progress.accept(tally.objects());
            });
    ports
        .store()
        .landing()
        .list(
            object -> {
              if (window.isYoung(object, now)) {
                tally.young();
              } else if (!window.isOld(object, now)) {
                objects.add(object);
              }
            });
    objects.ask();
    return tally.report();
  }

  private static void add(
      SurveyTally tally, Packages packages, Landing.Listed object, String loadId, Settled settled)
      throws IOException {
    if (settled instanceof Settled.In) {
      tally.in();
    } else if (settled instanceof Settled.Failed why) {
      tally.failed(
          new ReconcileReport.Failure(object.batch().toString(), loadId, why.code(), why.detail()));
    } else {
      Optional<Manifest> sealed = packages.find(loadId);
      tally.missing(object, loadId, sealed.orElse(null));
    }
  }
}
