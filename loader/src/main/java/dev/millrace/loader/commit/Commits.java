package dev.millrace.loader.commit;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SchemaChangeTopic;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.SchemaChangeLines;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes what is written of a batch beside its rows. Thread-safe. */
public final class Commits {
  private final Packages packages;
  private final DltRows dlt;
  private final ChangeTeller teller;
  private final Clock clock;

  public Commits(Packages packages, DltRows dlt, SchemaChangeTopic topic, Clock clock) {
    this.packages = packages;
    this.dlt = dlt;
    this.teller = new ChangeTeller(topic, dlt.dataset());
    this.clock = clock;
  }

  /**
   * The commit of a sealed package.
   *
   * @param schema which its rows follow
   */
  public PackageCommit of(BatchRef batch, Manifest manifest, Schema schema) {
    RefusedRows refused = new RefusedRows(packages, batch, manifest, schema);
    return new PackageCommit(batch, manifest, schema, refused, this);
  }

  /**
   * The rows of a batch that failed for good.
   *
   * @param changes what attempts at it added to the schema before: they are told now
   */
  public List<SystemRows> failed(
      BatchRef batch, String loadId, LoadException failure, List<SchemaChange> changes)
      throws IOException {
    Instant now = clock.instant();
    List<SystemRows> rows = new ArrayList<>();
    rows.add(BatchRow.failed(batch, loadId, failure, now));
    if (!changes.isEmpty()) {
      teller.tell(batch, loadId, changes, now);
      rows.add(SchemaChangeLines.of(loadId, changes, now));
    }
    return rows;
  }

  Packages packages() {
    return packages;
  }

  DltRows dlt() {
    return dlt;
  }

  ChangeTeller teller() {
    return teller;
  }

  Clock clock() {
    return clock;
  }
}
