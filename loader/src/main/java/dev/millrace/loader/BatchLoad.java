package dev.millrace.loader;

import dev.millrace.loader.commit.Account;
import dev.millrace.loader.commit.Commits;
import dev.millrace.loader.commit.PackageCommit;
import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.ports.Warehouse.Settled;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One try at loading a batch, from wherever earlier tries have got to. Thread-safe. */
final class BatchLoad {
  private final Warehouse warehouse;
  private final Packages packages;
  private final PackageMaker maker;
  private final SchemaStore schemas;
  private final Commits commits;
  private final Clock clock;

  BatchLoad(
      Warehouse warehouse,
      Packages packages,
      PackageMaker maker,
      SchemaStore schemas,
      Commits commits,
      Clock clock) {
    this.warehouse = warehouse;
    this.packages = packages;
    this.maker = maker;
    this.schemas = schemas;
    this.commits = commits;
    this.clock = clock;
  }

  /**
   * @param started when the call for the batch came
   * @param deadline a load job is not begun after it; a package is still sealed, for the next try
   * @throws IOException why the batch is not loaded
   */
  LoadOutcome load(BatchRef batch, String loadId, Instant started, Instant deadline)
      throws IOException {
    if (warehouse.isLoaded(loadId)) {
      return new LoadOutcome.AlreadyLoaded(loadId);
    }
    StepTimes steps = new StepTimes(clock);
    Optional<Manifest> sealed = packages.find(loadId);
    Manifest manifest =
        sealed.isPresent() ? sealed.get() : maker.make(new LoadTry(batch, loadId, deadline, steps));
    SealedPackage content = packages.open(manifest);
    if (sealed.isPresent()) {
      // Columns of other types are left as they are: a sealed package is never normalised again.
      warehouse.evolve(content.schema(), content.tables().keySet(), deadline);
      steps.end("evolve");
    }
    if (!clock.instant().isBefore(deadline)) {
      throw new LoadException(
          LoadError.OUT_OF_TIME, "the package is sealed, and the time is over before it is loaded");
    }
    PackageCommit commit = commits.of(batch, manifest, content.schema());
    warehouse.load(content, commit, deadline);
    if (commit.askedAt().isEmpty()) {
      return new LoadOutcome.AlreadyLoaded(loadId);
    }
    steps.end("load", commit.askedAt().get());
    steps.end("commit");
    Duration took = Duration.between(started, clock.instant());
    return new LoadOutcome.Loaded(
        report(manifest, commit.account(), new LoadReport.Times(took, steps.all())));
  }

  /**
   * Records that a batch failed for good, and what it added to the schema before it did; unless it
   * is in: the notice of a loaded batch may come again after its object and its package are gone.
   */
  LoadOutcome fail(BatchRef batch, String loadId, LoadException failure) throws IOException {
    if (warehouse.settled(Set.of(loadId)).get(loadId) instanceof Settled.In) {
      return new LoadOutcome.AlreadyLoaded(loadId);
    }
    List<SchemaChange> changes = schemas.read().broughtBy(loadId);
    warehouse.record(commits.failed(batch, loadId, failure, changes));
    return new LoadOutcome.FailedForGood(loadId, failure.error(), failure.getMessage());
  }

  private static LoadReport report(Manifest manifest, Account account, LoadReport.Times times) {
    Manifest.Counts counts = account.counts();
    return new LoadReport(
        manifest.loadId(),
        new LoadReport.Events(counts.read(), counts.loaded(), counts.duplicate(), counts.bad()),
        account.rows(),
        account.refused(),
        account.badByReason(),
        manifest.changes(),
        manifest.guards(),
        manifest.objectBytes(),
        times);
  }
}
