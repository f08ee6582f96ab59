package dev.millrace.loader;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.system.SchemaChangeLines;
import dev.millrace.normalizer.schema.SchemaChange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What the log says of batches: counts and names, never what is in an event. */
final class LoadLog {
  private final Logger log;

  LoadLog(Logger log) {
    this.log = log;
  }

  void retry(BatchRef batch, LoadException failure, Duration waited) {
    log.log(
        Level.INFO,
        () ->
            "%s: %s (%s), tried again after %d ms"
                .formatted(batch, failure.error().code(), failure.getMessage(), waited.toMillis()));
  }

  void outcome(BatchRef batch, LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.Loaded loaded) {
      loaded(batch, loaded.report());
    } else if (outcome instanceof LoadOutcome.AlreadyLoaded already) {
      log.log(Level.INFO, () -> "%s: load %s is in".formatted(batch, already.loadId()));
    } else if (outcome instanceof LoadOutcome.FailedForGood failed) {
      log.log(
          Level.ERROR,
          () ->
              "%s: load %s failed for good, %s: %s"
                  .formatted(batch, failed.loadId(), failed.error().code(), failed.detail()));
    } else if (outcome instanceof LoadOutcome.TryAgain again) {
      Level level =
          again.error().blame() == LoadError.Blame.CONFIGURATION ? Level.ERROR : Level.WARNING;
      log.log(
          level,
          () ->
              "%s: load %s is not in, %s: %s"
                  .formatted(batch, again.loadId(), again.error().code(), again.detail()));
    }
  }

  private void loaded(BatchRef batch, LoadReport report) {
    log.log(
        Level.INFO,
        () ->
            "%s: load %s, %d bytes, %d read = %d loaded + %d duplicate + %d bad, %d tables, %d ms"
                .formatted(
                    batch,
                    report.loadId(),
                    report.bytes(),
                    report.read(),
                    report.loaded(),
                    report.duplicate(),
                    report.bad(),
                    report.rows().size(),
                    report.took().toMillis()));
    if (!report.guards().isEmpty()) {
      log.log(Level.WARNING, () -> "%s: guards acted: %s".formatted(batch, report.guards()));
    }
    for (SchemaChange change : report.changes()) {
      log.log(Level.INFO, () -> sentence(report.loadId(), change));
    }
  }

  private static String sentence(String loadId, SchemaChange change) {
    String place =
        change.column() == null ? change.table() : change.table() + "." + change.column();
    String type = change.toType() == null ? "" : " " + change.toType().word();
    return "schema change %s: %s %s%s by load %s"
        .formatted(
            SchemaChangeLines.changeId(loadId, change), change.kind().word(), place, type, loadId);
  }
}
