package dev.millrace.loader;

import dev.millrace.loader.commit.Commits;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.read.BatchContent;
import dev.millrace.loader.read.BatchReader;
import dev.millrace.loader.read.LandingContent;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.settings.Settings;
import dev.millrace.loader.system.DltRows;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Loads batches, each exactly once, by the six steps of the design (read, normalise, evolve, seal,
 * load, commit). Thread-safe; any number of loaders may work on the same dataset.
 */
public final class Loader {
  private static final Logger LOG = System.getLogger(Loader.class.getName());
  private static final int ATTEMPT_ID_BYTES = 8;

  private final BatchLoad batches;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Backoff backoff;

  /** Loads batch objects of the ports' landing place. */
  public Loader(Ports ports, Settings settings, Clock clock) {
    this(
        ports,
        settings,
        new LandingContent(
            ports.store().landing(), new BatchReader(BatchReader.DEFAULT_MAX_UNPACKED_BYTES)),
        clock);
  }

  /** Loads batches whose events are read from elsewhere. */
  public Loader(Ports ports, Settings settings, BatchContent content, Clock clock) {
    this(ports, settings, content, new Surroundings(clock, Loader::sleep, new SecureRandom()));
  }

  /** With a reader of other limits, and with time and chance from elsewhere. */
  Loader(Ports ports, Settings settings, BatchReader reader, Surroundings surroundings) {
    this(ports, settings, new LandingContent(ports.store().landing(), reader), surroundings);
  }

  Loader(Ports ports, Settings settings, BatchContent content, Surroundings surroundings) {
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(settings, "settings");
    this.clock = surroundings.clock();
    this.sleeper = surroundings.sleeper();
    this.backoff = new Backoff(surroundings.random());
    Packages packages = new Packages(ports.store().staging(), attemptIds(surroundings.random()));
    SchemaStore schemas =
        new SchemaStore(
            ports.store().state(),
            ports.warehouse(),
            settings.schemaName(),
            settings.dataset(),
            settings.normalizer().guards());
    this.batches =
        new BatchLoad(
            ports.warehouse(),
            packages,
            new PackageMaker(ports, settings, packages, schemas, content, clock),
            schemas,
            new Commits(
                packages,
                new DltRows(
                    settings.schemaName(), settings.dataset(), ports.warehouse().dltDestination()),
                ports.schemaChanges(),
                clock),
            clock);
  }

  /** Time and chance. */
  record Surroundings(Clock clock, Sleeper sleeper, RandomGenerator random) {}

  /**
   * Loads a batch, retrying what passes, until the time is over. The outcome is for the caller to
   * log.
   *
   * @param budget how long it may take, such as 540 s
   */
  public LoadOutcome load(BatchRef batch, Duration budget) {
    String loadId = LoadId.of(batch);
    Instant started = clock.instant();
    return load(batch, loadId, started, started.plus(budget));
  }

  private LoadOutcome load(BatchRef batch, String loadId, Instant started, Instant deadline) {
    for (int failures = 1; ; failures++) {
      LoadException failure;
      try {
        return batches.load(batch, loadId, started, deadline);
      } catch (LoadException e) {
        failure = e;
      } catch (IOException e) {
        failure = unavailable(e);
      }
      switch (failure.error().retry()) {
        case NEVER -> {
          return failForGood(batch, loadId, failure);
        }
        case NEXT_DELIVERY -> {
          return new LoadOutcome.TryAgain(loadId, failure.error(), failure.getMessage());
        }
        case SOON, LATER -> {
          Duration delay = backoff.delay(failures, failure.error().retry());
          if (clock.instant().plus(delay).isAfter(deadline) || !wait(delay)) {
            return new LoadOutcome.TryAgain(loadId, failure.error(), failure.getMessage());
          }
          LOG.log(
              Level.INFO,
              "{0}: {1} ({2}), tried again after {3} ms",
              batch,
              failure.error().code(),
              failure.getMessage(),
              Long.toString(delay.toMillis()));
        }
      }
    }
  }

  private LoadOutcome failForGood(BatchRef batch, String loadId, LoadException failure) {
    try {
      return batches.fail(batch, loadId, failure);
    } catch (IOException e) {
      LoadException unrecorded = e instanceof LoadException known ? known : unavailable(e);
      return new LoadOutcome.TryAgain(
          loadId,
          unrecorded.error(),
          "%s; that can't be recorded: %s"
              .formatted(failure.getMessage(), unrecorded.getMessage()));
    }
  }

  private static LoadException unavailable(IOException e) {
    String detail = e.getMessage() == null ? e.toString() : e.getMessage();
    return new LoadException(LoadError.UNAVAILABLE, detail, e);
  }

  private boolean wait(Duration delay) {
    try {
      sleeper.sleep(delay);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  private static Supplier<String> attemptIds(RandomGenerator random) {
    return () -> {
      byte[] id = new byte[ATTEMPT_ID_BYTES];
      random.nextBytes(id);
      return HexFormat.of().formatHex(id);
    };
  }
}
