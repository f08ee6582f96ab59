package dev.millrace.function;

import dev.millrace.function.log.LogLine;
import dev.millrace.function.log.OutcomeLog;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What both entries do with a notice: load the batch, log one line, say whether it may go. */
final class BatchHandler {
  /** Under the 600 s after which Pub/Sub pushes again. */
  private static final Duration BUDGET = Duration.ofSeconds(540);

  private static final System.Logger LOG = System.getLogger(BatchHandler.class.getName());

  private final BatchLoader loader;
  private final OutcomeLog log;

  BatchHandler(BatchLoader loader, OutcomeLog log) {
    this.loader = loader;
    this.log = log;
  }

  /**
   * @param trace the request's trace id; empty if it has none
   * @return whether the notice is dealt with; if not it must come again
   */
  boolean handle(Notice notice, String trace) {
    if (notice instanceof Notice.Finalized finalized) {
      return load(finalized.batch(), trace);
    }
    log.write(new LogLine(Level.INFO, "ignored").with("trace", trace));
    return true;
  }

  private boolean load(BatchRef batch, String trace) {
    long start = System.nanoTime();
    LoadOutcome outcome = outcome(batch);
    log.write(
        OutcomeLine.of(outcome)
            .with("batch", batch.toString())
            .with("took", Duration.ofNanos(System.nanoTime() - start))
            .with("age", age(batch))
            .with("trace", trace));
    return !(outcome instanceof LoadOutcome.TryAgain);
  }

  /** Since the object was finished: with the window before it, an event's way to the tables. */
  private static Duration age(BatchRef batch) {
    Instant finished = Instant.EPOCH.plus(batch.generation(), ChronoUnit.MICROS);
    return Duration.between(finished, Instant.now());
  }

  private LoadOutcome outcome(BatchRef batch) {
    try {
      return loader.load(batch, BUDGET);
    } catch (LoadException e) {
      return new LoadOutcome.TryAgain("", e.error(), e.getMessage());
    } catch (RuntimeException e) {
      // A bug of ours must not acknowledge a batch that isn't loaded.
      LOG.log(Level.ERROR, "Loading failed in a way that the loader doesn't know", e);
      return new LoadOutcome.TryAgain("", LoadError.UNEXPECTED, e.getClass().getName());
    }
  }
}
