package dev.millrace.tests.bigquery.catalog;

import dev.millrace.tests.bigquery.duckdb.Database;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A table: what is known of it here; its rows are in DuckDB under {@link #storedAs}. All but the
 * name changes only under the catalog's write lock.
 */
public final class Table implements Relation {
  private final TableName name;
  private final String storedName;
  private final long creationMillis;
  private final Lock writing = new ReentrantLock();
  private TableDefinition definition;
  private volatile long modifiedMillis;
  private volatile long version;

  Table(TableName name, String storedName, TableDefinition definition, long creationMillis) {
    this.name = name;
    this.storedName = storedName;
    this.definition = definition;
    this.creationMillis = creationMillis;
    this.modifiedMillis = creationMillis;
  }

  @Override
  public TableName name() {
    return name;
  }

  @Override
  public List<Column> columns() {
    return definition.columns();
  }

  @Override
  public String description() {
    return definition.description();
  }

  @Override
  public long creationMillis() {
    return creationMillis;
  }

  /** The schema in DuckDB. */
  public String storedSchema() {
    return name.dataset().toString();
  }

  /** The name in DuckDB, within its schema; never used twice. */
  public String storedName() {
    return storedName;
  }

  /** The full name in DuckDB, quoted. */
  public String storedAs() {
    return Database.quoted(storedSchema()) + "." + Database.quoted(storedName);
  }

  public TableDefinition definition() {
    return definition;
  }

  /** Null if the table is not partitioned. */
  public Partitioning partitioning() {
    return definition.partitioning();
  }

  /** Held by whoever writes rows, so that a table's loads follow one another. */
  public Lock writing() {
    return writing;
  }

  public long modifiedMillis() {
    return modifiedMillis;
  }

  /** Another one after each change of the table or of its rows. */
  public String etag() {
    return "\"%x-%x\"".formatted(creationMillis, version);
  }

  /** The table is made otherwise from now on. */
  void become(TableDefinition other, long nowMillis) {
    definition = other;
    touch(nowMillis);
  }

  /** Rows or columns have changed. */
  public synchronized void touch(long nowMillis) {
    modifiedMillis = nowMillis;
    version++;
  }

  /** The column of that name in any case, or null. */
  public Column column(String columnName) {
    String key = Column.key(columnName);
    for (Column column : columns()) {
      if (column.key().equals(key)) {
        return column;
      }
    }
    return null;
  }
}
