package dev.millrace.tests.bigquery.catalog;

import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Every dataset, table, view and function of a server. What reads it or writes rows holds the read
 * lock ({@link #reading}), what changes it the write lock ({@link #changing}): so a change is seen
 * by all that begins after it, and by nothing that began before.
 */
public final class Catalog {
  private final Map<String, Dataset> datasets = new ConcurrentSkipListMap<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final Database database;
  private final Clock clock;
  private long lastCreation;
  private long tables;

  public Catalog(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  public <T> T reading(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  public <T> T changing(Supplier<T> work) {
    lock.writeLock().lock();
    try {
      return work.get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  public List<Dataset> datasets(String project) {
    return datasets.values().stream()
        .filter(dataset -> dataset.name().project().equals(project))
        .toList();
  }

  public Dataset dataset(DatasetName name) {
    Dataset dataset = datasets.get(name.toString());
    if (dataset == null) {
      throw RefusedException.notFound("Dataset " + name);
    }
    return dataset;
  }

  public Dataset createDataset(DatasetName name, String location) {
    if (!name.dataset().matches("[A-Za-z0-9_]{1,1024}")) {
      throw new RefusedException(
          Reason.INVALID,
          "Invalid dataset ID \"%s\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024 characters long."
              .formatted(name.dataset()));
    }
    if (datasets.containsKey(name.toString())) {
      throw RefusedException.alreadyExists("Dataset " + name);
    }
    Dataset dataset = new Dataset(name, location, nextCreation());
    database.execute("CREATE SCHEMA " + Database.quoted(name.toString()));
    datasets.put(name.toString(), dataset);
    return dataset;
  }

  public void deleteDataset(DatasetName name, boolean withContents) {
    Dataset dataset = dataset(name);
    if (!withContents && !(dataset.relations().isEmpty() && dataset.functions().isEmpty())) {
      throw new RefusedException(
          Reason.RESOURCE_IN_USE, "Dataset %s is still in use".formatted(name));
    }
    database.execute("DROP SCHEMA " + Database.quoted(name.toString()) + " CASCADE");
    datasets.remove(name.toString());
  }

  /** The table or view of that name, or null; throws if even the dataset is missing. */
  public Relation find(TableName name) {
    return dataset(name.dataset()).relations().get(name.table());
  }

  /** The table or view of that name. */
  public Relation relation(TableName name) {
    Relation relation = find(name);
    if (relation == null) {
      throw RefusedException.notFound("Table " + name);
    }
    return relation;
  }

  public Table table(TableName name) {
    if (relation(name) instanceof Table table) {
      return table;
    }
    throw new RefusedException(Reason.INVALID, name + " is a view; this needs a table");
  }

  public Table createTable(TableName name, TableDefinition definition) {
    checkNew(name);
    definition.check();
    Table table = new Table(name, "t" + ++tables, definition, nextCreation());
    List<String> columns = new ArrayList<>();
    for (Column column : definition.columns()) {
      columns.add(Database.quoted(column.name()) + " " + column.type().name().duckDb());
    }
    database.execute(
        "CREATE TABLE %s (%s)".formatted(table.storedAs(), String.join(", ", columns)));
    dataset(name.dataset()).relations().put(name.table(), table);
    return table;
  }

  /**
   * Changes what a table is made of.
   *
   * @param added the columns of the definition that are new, in order; they are its last
   */
  public void alter(Table table, TableDefinition definition, List<Column> added) {
    definition.check();
    for (Column column : added) {
      database.execute(
          "ALTER TABLE %s ADD COLUMN %s %s"
              .formatted(
                  table.storedAs(), Database.quoted(column.name()), column.type().name().duckDb()));
    }
    table.become(definition, clock.millis());
  }

  /** A view in place of none, or of another view. */
  public void putView(TableName name, String query, List<Column> columns, String description) {
    Relation old = find(name);
    if (old instanceof Table) {
      throw new RefusedException(
          Reason.INVALID, "%s is a table; a view can't replace it".formatted(name));
    }
    if (old == null) {
      checkNew(name);
    }
    dataset(name.dataset())
        .relations()
        .put(name.table(), new View(name, query, columns, description, nextCreation()));
  }

  public void drop(TableName name) {
    if (relation(name) instanceof Table table) {
      database.execute("DROP TABLE " + table.storedAs());
    }
    dataset(name.dataset()).relations().remove(name.table());
  }

  /** Milliseconds of the epoch, each time later than before: a creation time is an identity. */
  private long nextCreation() {
    lastCreation = Math.max(lastCreation + 1, clock.millis());
    return lastCreation;
  }

  private void checkNew(TableName name) {
    if (find(name) != null) {
      throw RefusedException.alreadyExists("Table " + name);
    }
    if (!name.table().matches("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd} ]{1,1024}")) {
      throw new RefusedException(
          Reason.INVALID,
          "Invalid table ID \"%s\". Table IDs must be alphanumeric (plus underscores) and must be at most 1024 characters long."
              .formatted(name.table()));
    }
  }
}
