package dev.millrace.loader.reconcile;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.Warehouse.Settled;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Answers whether anything is lost: compares the landing bucket with what the dataset knows, and
 * publishes the notices of what is missing again. Memory is bounded however many objects there are.
 * Thread-safe; may run at any time, for a notice too many does no harm.
 */
public final class Reconcile {
  /** A younger object may still be on its way. */
  private static final Duration MIN_AGE = Duration.ofMinutes(30);

  private static final int PAGE_OBJECTS = 1_000;

  private final Ports ports;
  private final Duration landingRetention;
  private final Clock clock;

  /**
   * @param landingRetention older objects may be gone at any moment, and are not looked at
   */
  public Reconcile(Ports ports, Duration landingRetention, Clock clock) {
    this.ports = Objects.requireNonNull(ports, "ports");
    this.landingRetention = Objects.requireNonNull(landingRetention, "landingRetention");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Looks at every object once.
   *
   * @throws IOException if the bucket can't be listed, the dataset asked or a notice published;
   *     notices that were published before stay so
   */
  public ReconcileReport run() throws IOException {
    Run run = new Run();
    ports.store().landing().list(run::object);
    run.ask();
    List<Landing.Listed> oldest = run.tally.oldestMissing();
    for (Landing.Listed object : oldest) {
      ports.notices().publish(object.batch());
    }
    return run.tally.report();
  }

  /** One look at the bucket. */
  private final class Run {
    private final Instant newest = clock.instant().minus(MIN_AGE);
    private final Instant eldest = clock.instant().minus(landingRetention);
    private final List<Landing.Listed> page = new ArrayList<>();
    private final Tally tally = new Tally();

    void object(Landing.Listed object) throws IOException {
      if (object.created().isAfter(newest) || object.created().isBefore(eldest)) {
        return;
      }
      page.add(object);
      if (page.size() == PAGE_OBJECTS) {
        ask();
      }
    }

    void ask() throws IOException {
      if (page.isEmpty()) {
        return;
      }
      Set<String> loadIds = new HashSet<>();
      page.forEach(object -> loadIds.add(LoadId.of(object.batch())));
      Map<String, Settled> settled = ports.warehouse().settled(loadIds);
      page.forEach(
          object -> {
            String loadId = LoadId.of(object.batch());
            tally.add(object, loadId, settled.get(loadId));
          });
      page.clear();
    }
  }
}
