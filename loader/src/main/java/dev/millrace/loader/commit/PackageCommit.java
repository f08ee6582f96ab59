package dev.millrace.loader.commit;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Part;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.SchemaChangeLines;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks that a package's counts add up, tells its schema changes, and makes its commit rows. Used
 * for one load.
 */
public final class PackageCommit implements Warehouse.Commit {
  private final BatchRef batch;
  private final Manifest manifest;
  private final Schema schema;
  private final RefusedRows refusedRows;
  private final Commits commits;
  private Instant askedAt;
  private Account account;

  PackageCommit(
      BatchRef batch, Manifest manifest, Schema schema, RefusedRows refusedRows, Commits commits) {
    this.batch = batch;
    this.manifest = manifest;
    this.schema = schema;
    this.refusedRows = refusedRows;
    this.commits = commits;
  }

  /** When the warehouse had the rows and wanted these; it wants none if the package was in. */
  public Optional<Instant> askedAt() {
    return Optional.ofNullable(askedAt);
  }

  /** What became of the events, once the warehouse has asked for the rows. */
  public Account account() {
    return account;
  }

  @Override
  public List<SystemRows> rows(Warehouse.Taken taken) throws IOException {
    askedAt = commits.clock().instant();
    Refused refused = refusedRows.stage(taken.refused());
    account = new AccountCheck(manifest, schema).account(taken.rows(), refused);
    Instant now = commits.clock().instant();
    String loadId = manifest.loadId();
    commits.teller().tell(batch, loadId, manifest.changes(), now);
    List<SystemRows> rows = new ArrayList<>();
    rows.add(BatchRow.loaded(batch, manifest, account, taken.jobs(), now));
    SystemRows bad = badEvents(refused);
    if (bad.rows() > 0) {
      rows.add(bad);
    }
    if (!manifest.changes().isEmpty()) {
      rows.add(SchemaChangeLines.of(loadId, manifest.changes(), now));
    }
    DltRows dlt = commits.dlt();
    rows.add(dlt.version(schema, manifest.schema().hash(), manifest.schema().stateGeneration()));
    rows.add(dlt.state(loadId, now));
    rows.add(dlt.load(loadId, manifest.schema().hash(), now));
    return rows;
  }

  /** All of them are written at once, so that the load's are there, or none. */
  private SystemRows badEvents(Refused refused) {
    List<String> locations = new ArrayList<>();
    long rows = refused.lines();
    for (Part part : manifest.badEvents()) {
      locations.add(commits.packages().location(part));
      rows += part.rows();
    }
    if (refused.path() != null) {
      locations.add(commits.packages().location(refused.path()));
    }
    String loadId = manifest.loadId();
    return new SystemRows(SystemTables.BAD_EVENTS, new byte[0], locations, rows, loadId, null);
  }
}
