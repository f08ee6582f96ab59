package dev.millrace.loader;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.packages.Part;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.SchemaChangeLines;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks that a package's counts add up, and makes its commit rows. Used for one load. */
final class PackageCommit implements Warehouse.Commit {
  private final BatchRef batch;
  private final Manifest manifest;
  private final Schema schema;
  private final Packages packages;
  private final DltRows dlt;
  private final Clock clock;
  private boolean asked;

  PackageCommit(
      BatchRef batch,
      Manifest manifest,
      Schema schema,
      Packages packages,
      DltRows dlt,
      Clock clock) {
    this.batch = batch;
    this.manifest = manifest;
    this.schema = schema;
    this.packages = packages;
    this.dlt = dlt;
    this.clock = clock;
  }

  /** Whether the warehouse wanted the rows: it does not if the package was in before. */
  boolean wasAsked() {
    return asked;
  }

  @Override
  public List<SystemRows> rows(Warehouse.Taken taken) throws LoadException {
    Map<String, Long> loaded = taken.rows();
    Map<String, List<String>> jobs = taken.jobs();
    asked = true;
    checkEvents();
    checkRows(loaded);
    checkRoots(loaded);
    Instant now = clock.instant();
    String loadId = manifest.loadId();
    List<SystemRows> rows = new ArrayList<>();
    rows.add(BatchRow.loaded(batch, manifest, loaded, jobs, now));
    for (Part part : manifest.badEvents()) {
      rows.add(
          new SystemRows(
              SystemTables.BAD_EVENTS,
              new byte[0],
              packages.location(part),
              part.rows(),
              loadId + "/" + part.path(),
              null));
    }
    if (!manifest.changes().isEmpty()) {
      rows.add(SchemaChangeLines.of(loadId, manifest.changes(), now));
    }
    rows.add(dlt.version(schema, manifest.schema().hash(), manifest.schema().stateGeneration()));
    rows.add(dlt.state(loadId, now));
    rows.add(dlt.load(loadId, manifest.schema().hash(), now));
    return rows;
  }

  private void checkEvents() throws LoadException {
    Manifest.Counts counts = manifest.counts();
    long badRows = manifest.badEvents().stream().mapToLong(Part::rows).sum();
    if (counts.read() != counts.loaded() + counts.duplicate() + counts.bad()
        || badRows != counts.bad() + counts.partialBad()) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "the package has read %d, loaded %d, duplicate %d, bad %d, partly bad %d; bad rows %d"
              .formatted(
                  counts.read(),
                  counts.loaded(),
                  counts.duplicate(),
                  counts.bad(),
                  counts.partialBad(),
                  badRows));
    }
  }

  private void checkRows(Map<String, Long> loaded) throws LoadException {
    Map<String, Long> expected = new TreeMap<>();
    manifest.tables().forEach((name, table) -> expected.put(name, table.rows()));
    if (!expected.equals(loaded)) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "the package has rows %s, and the warehouse took %s"
              .formatted(expected, new TreeMap<>(loaded)));
    }
  }

  private void checkRoots(Map<String, Long> loaded) throws LoadException {
    long roots =
        loaded.keySet().stream()
            .filter(table -> schema.table(table).parent() == null)
            .mapToLong(loaded::get)
            .sum();
    if (roots != manifest.counts().loaded()) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "the package has %d loaded events, and %d root rows"
              .formatted(manifest.counts().loaded(), roots));
    }
  }
}
