package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Field;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings tables, and their views, to what they are to be: creates and extends, never takes away.
 * Any number of instances may do so at once, for each statement says what is to be there and not
 * what is to change. Thread-safe.
 */
final class Evolution {
  private final RememberedTables tables;
  private final Statements statements;
  private final TableDdl ddl;
  private final Views views;
  private final Duration eventExpiry;

  /**
   * @param eventExpiry after which a partition of an event table is deleted; null leaves that to
   *     whoever set it by hand
   */
  Evolution(
      RememberedTables tables,
      Statements statements,
      TableDdl ddl,
      Views views,
      Duration eventExpiry) {
    this.tables = tables;
    this.statements = statements;
    this.ddl = ddl;
    this.views = views;
    this.eventExpiry = eventExpiry;
  }

  /**
   * Brings a table that was not looked at before, or is remembered to lack something.
   *
   * @return its columns of other types than wanted
   */
  List<OtherColumn> bring(WantedTable wanted, Deadline deadline) throws LoadException {
    Optional<KnownTable> remembered = tables.remembered(wanted.name());
    KnownTable known =
        remembered.isPresent() && changes(wanted, remembered.get()).isEmpty()
            ? remembered.get()
            : changed(wanted, deadline);
    views.bring(wanted, known, deadline);
    return others(wanted, known);
  }

  /** The table as it is this moment, brought to what it is to be where it is not. */
  KnownTable current(WantedTable wanted, Deadline deadline) throws LoadException {
    KnownTable known = changed(wanted, deadline);
    views.bring(wanted, known, deadline);
    return known;
  }

  private KnownTable changed(WantedTable wanted, Deadline deadline) throws LoadException {
    Backoff backoff = new Backoff();
    for (int round = 0; ; round++) {
      Optional<KnownTable> seen = tables.look(wanted.name(), deadline);
      List<String> changes =
          seen.isEmpty()
              ? ddl.create(wanted, wanted.isEvents() ? eventExpiry : null)
              : changes(wanted, seen.get());
      if (changes.isEmpty()) {
        return seen.get();
      }
      if (deadline.hasPassed()) {
        throw new LoadException(
            LoadError.TABLE_CHANGED,
            "table %s does not become what it is to be; does somebody else change it?"
                .formatted(wanted.name()));
      }
      if (!define(changes, deadline) || round > 0) {
        deadline.pause(backoff.next());
      }
    }
  }

  /** False if the table went while it was changed. */
  private boolean define(List<String> changes, Deadline deadline) throws LoadException {
    for (String change : changes) {
      try {
        statements.define(change, deadline);
      } catch (LoadException e) {
        if (e.error() != LoadError.TABLE_CHANGED) {
          throw e;
        }
        return false;
      }
    }
    return true;
  }

  /** The statements that make a table what it is to be. */
  private List<String> changes(WantedTable wanted, KnownTable known) throws LoadException {
    if (!known.isTable()) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "%s is no table but a %s; rename it, so that the table can be made"
              .formatted(wanted.name(), known.type()));
    }
    List<String> changes = new ArrayList<>(ddl.add(wanted, wanted.missingFrom(known)));
    for (Field field : known.columns().values()) {
      if (field.getMode() == Field.Mode.REQUIRED && !wanted.requires(field.getName())) {
        changes.add(ddl.relax(wanted, field.getName()));
      }
    }
    if (wanted.isEvents()
        && eventExpiry != null
        && known.isPartitioned()
        && !Long.valueOf(eventExpiry.toMillis()).equals(known.partitionExpiryMillis())) {
      changes.add(ddl.expire(wanted, eventExpiry));
    }
    return changes;
  }

  private static List<OtherColumn> others(WantedTable wanted, KnownTable known) {
    List<OtherColumn> others = new ArrayList<>();
    for (Map.Entry<String, Column> column : wanted.columns().entrySet()) {
      Field field = known.columns().get(column.getKey());
      DataType there = ColumnType.dlt(field);
      if (!ColumnType.takes(there, column.getValue().type())) {
        String name = column.getValue().name();
        others.add(new OtherColumn(wanted.name(), name, there, ColumnType.sql(field)));
      }
    }
    return others;
  }
}
