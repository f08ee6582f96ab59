package dev.millrace.function;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.reconcile.ReconcileReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the batches that it is given; what comes of each is told by the object's name. */
final class FakeLoader implements BatchLoader, Reconciler {
  /** The framework makes the entries itself, so they can only share it this way. */
  static final FakeLoader SHARED = new FakeLoader();

  final List<BatchRef> batches = new CopyOnWriteArrayList<>();
  volatile IOException reconcileFailure;
  final List<Duration> budgets = new CopyOnWriteArrayList<>();

  @Override
  public LoadOutcome load(BatchRef batch, Duration budget) throws LoadException {
    batches.add(batch);
    budgets.add(budget);
    return switch (batch.name()) {
      case "already" -> new LoadOutcome.AlreadyLoaded("1.000001000000");
      case "failed" ->
          new LoadOutcome.FailedForGood("1.000001000000", LoadError.OBJECT_UNREADABLE, "No.");
      case "again" -> new LoadOutcome.TryAgain("1.000001000000", LoadError.UNAVAILABLE, "Busy.");
      case "misconfigured" -> throw new LoadException(LoadError.MISCONFIGURED, "No dataset.");
      case "bug" -> throw new IllegalStateException("injected");
      default -> new LoadOutcome.Loaded(report());
    };
  }

  @Override
  public ReconcileReport reconcile() throws IOException {
    if (reconcileFailure != null) {
      throw reconcileFailure;
    }
    return new ReconcileReport(
        5,
        3,
        1,
        List.of(new ReconcileReport.Failure("landing/x#1", "1.5", "object_gone", "it is gone")),
        1,
        0);
  }

  static LoadReport report() {
    return new LoadReport(
        "1.000001000000",
        new LoadReport.Events(4, 2, 1, 1),
        Map.of("orders", 2L, "orders__items", 3L),
        0,
        Map.of("malformed", 1L),
        List.of(),
        Map.of(),
        100,
        new LoadReport.Times(Duration.ofMillis(9), Map.of("load", Duration.ofMillis(7))));
  }
}
