package dev.millrace.function;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What both entries do with a notice: load the batch, log one line, say whether it may go. */
final class BatchHandler {
  /** Under the 600 s after which Pub/Sub pushes again. */
  private static final Duration BUDGET = Duration.ofSeconds(540);

  private static final System.Logger LOG = System.getLogger(BatchHandler.class.getName());

  private final BatchLoader loader;

  BatchHandler(BatchLoader loader) {
    this.loader = loader;
  }

  /**
   * @param trace the request's trace id; empty if it has none
   * @return whether the notice is dealt with; if not it must come again
   */
  boolean handle(Notice notice, String trace) {
    if (notice instanceof Notice.Finalized finalized) {
      return load(finalized.batch(), trace);
    }
    LOG.log(Level.INFO, new LogLine("ignored").with("trace", trace).toString());
    return true;
  }

  private boolean load(BatchRef batch, String trace) {
    long start = System.nanoTime();
    LoadOutcome outcome = outcome(batch);
    LogLine line =
        describe(outcome)
            .with("batch", batch.toString())
            .with("took_ms", Long.toString((System.nanoTime() - start) / 1_000_000))
            .with("trace", trace);
    LOG.log(level(outcome), line.toString());
    return !(outcome instanceof LoadOutcome.TryAgain);
  }

  private LoadOutcome outcome(BatchRef batch) {
    try {
      return loader.load(batch, BUDGET);
    } catch (LoadException e) {
      return new LoadOutcome.TryAgain("", e.error(), e.getMessage());
    } catch (RuntimeException e) {
      // A bug of ours must not acknowledge a batch that isn't loaded.
      LOG.log(Level.ERROR, "Loading failed in a way that the loader doesn't know", e);
      return new LoadOutcome.TryAgain("", LoadError.UNAVAILABLE, e.getClass().getName());
    }
  }

  private static LogLine describe(LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.Loaded loaded) {
      return new LogLine("loaded")
          .with("load_id", loaded.report().loadId())
          .with("read", Long.toString(loaded.report().read()))
          .with("loaded", Long.toString(loaded.report().loaded()))
          .with("duplicate", Long.toString(loaded.report().duplicate()))
          .with("bad", Long.toString(loaded.report().bad()));
    }
    if (outcome instanceof LoadOutcome.AlreadyLoaded already) {
      return new LogLine("already_loaded").with("load_id", already.loadId());
    }
    if (outcome instanceof LoadOutcome.FailedForGood failed) {
      return new LogLine("failed_for_good")
          .with("load_id", failed.loadId())
          .with("error", failed.error().code())
          .with("detail", failed.detail());
    }
    LoadOutcome.TryAgain again = (LoadOutcome.TryAgain) outcome;
    return new LogLine("try_again")
        .with("load_id", again.loadId())
        .with("error", again.error().code())
        .with("detail", again.detail());
  }

  private static Level level(LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.FailedForGood) {
      return Level.ERROR;
    }
    if (outcome instanceof LoadOutcome.TryAgain again) {
      return again.error().blame() == LoadError.Blame.PASSING ? Level.WARNING : Level.ERROR;
    }
    return Level.INFO;
  }
}
