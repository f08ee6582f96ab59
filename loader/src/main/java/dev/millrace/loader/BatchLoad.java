package dev.millrace.loader;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.system.DltRows;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One try at loading a batch, from wherever earlier tries have got to. Thread-safe. */
final class BatchLoad {
  private final Warehouse warehouse;
  private final Packages packages;
  private final PackageMaker maker;
  private final SchemaStore schemas;
  private final DltRows dlt;
  private final Clock clock;

  BatchLoad(
      Warehouse warehouse,
      Packages packages,
      PackageMaker maker,
      SchemaStore schemas,
      DltRows dlt,
      Clock clock) {
    this.warehouse = warehouse;
    this.packages = packages;
    this.maker = maker;
    this.schemas = schemas;
    this.dlt = dlt;
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
    Optional<Manifest> sealed = packages.find(loadId);
    Manifest manifest = sealed.isPresent() ? sealed.get() : maker.make(batch, loadId);
    SealedPackage content = packages.open(manifest);
    if (sealed.isPresent()) {
      warehouse.evolve(content.schema(), content.tables().keySet());
    }
    if (!clock.instant().isBefore(deadline)) {
      throw new LoadException(
          LoadError.OUT_OF_TIME, "the package is sealed, and the time is over before it is loaded");
    }
    PackageCommit commit =
        new PackageCommit(batch, manifest, content.schema(), packages, dlt, clock);
    warehouse.load(content, commit, deadline);
    return commit.wasAsked()
        ? new LoadOutcome.Loaded(report(manifest, started))
        : new LoadOutcome.AlreadyLoaded(loadId);
  }

  /** Records that a batch failed for good. */
  void record(BatchRef batch, String loadId, LoadException failure) throws IOException {
    SystemRows row = BatchRow.failed(batch, loadId, failure, clock.instant());
    warehouse.record(List.of(row));
  }

  private LoadReport report(Manifest manifest, Instant started) {
    Map<String, Long> rows = new LinkedHashMap<>();
    manifest.tables().forEach((name, table) -> rows.put(name, table.rows()));
    Manifest.Counts counts = manifest.counts();
    return new LoadReport(
        manifest.loadId(),
        counts.read(),
        counts.loaded(),
        counts.duplicate(),
        counts.bad(),
        rows,
        manifest.badByReason(),
        manifest.changes(),
        manifest.guards(),
        manifest.objectBytes(),
        Duration.between(started, clock.instant()));
  }
}
