package dev.millrace.function;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the batches that it is given; what comes of each is told by the object's name. */
final class FakeLoader implements BatchLoader {
  /** The framework makes the entries itself, so they can only share it this way. */
  static final FakeLoader SHARED = new FakeLoader();

  final List<BatchRef> batches = new CopyOnWriteArrayList<>();
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

  private static LoadReport report() {
    return new LoadReport(
        "1.000001000000",
        new LoadReport.Events(1, 1, 0, 0),
        Map.of(),
        0,
        Map.of(),
        List.of(),
        Map.of(),
        1,
        new LoadReport.Times(Duration.ofMillis(1), Map.of()));
  }
}
