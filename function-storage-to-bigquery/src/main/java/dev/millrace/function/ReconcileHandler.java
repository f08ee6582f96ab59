package dev.millrace.function;

import dev.millrace.function.log.LogLine;
import dev.millrace.function.log.OutcomeLog;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.reconcile.ReconcileReport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reconciles and logs one line. */
final class ReconcileHandler {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Reconciler reconciler;
  private final OutcomeLog log;

  ReconcileHandler(Reconciler reconciler, OutcomeLog log) {
    this.reconciler = reconciler;
    this.log = log;
  }

  /**
   * Reconciles.
   *
   * @param trace the request's trace id; empty if it has none
   * @return the report as JSON, or empty if it can't be done now
   */
  Optional<byte[]> handle(String trace) {
    long start = System.nanoTime();
    try {
      ReconcileReport report = reconciler.reconcile();
      boolean calm = report.republished() == 0 && report.leftOver() == 0;
      log.write(
          new LogLine(calm ? Level.INFO : Level.WARNING, "reconciled")
              .with("looked_at", report.lookedAt())
              .with("in", report.in())
              .with("failed", report.failed())
              .with("republished", report.republished())
              .with("left_over", report.leftOver())
              .with("took", Duration.ofNanos(System.nanoTime() - start))
              .with("trace", trace));
      return Optional.of(JSON.writeValueAsBytes(report));
    } catch (LoadException e) {
      failed(e.error(), e.getMessage(), trace);
    } catch (IOException e) {
      failed(LoadError.UNAVAILABLE, e.toString(), trace);
    } catch (RuntimeException e) {
      failed(LoadError.UNEXPECTED, e.toString(), trace);
    }
    return Optional.empty();
  }

  private void failed(LoadError error, String detail, String trace) {
    Level level = error.blame() == LoadError.Blame.PASSING ? Level.WARNING : Level.ERROR;
    log.write(new LogLine(level, "not_reconciled").with(error, detail).with("trace", trace));
  }
}
