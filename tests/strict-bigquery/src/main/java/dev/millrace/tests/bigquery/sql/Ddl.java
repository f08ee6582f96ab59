package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.Relation;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.catalog.TableDefinition;
import dev.millrace.tests.bigquery.catalog.TableFunction;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.catalog.View;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.quotas.Quotas;
import dev.millrace.tests.bigquery.sql.Statement.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Carries out DDL. A statement is atomic, and in effect for all that begins after it. Callers hold
 * the catalog's write lock.
 */
final class Ddl {
  private final Catalog catalog;
  private final Quotas quotas;
  private final Select select;

  Ddl(Catalog catalog, Quotas quotas, Select select) {
    this.catalog = catalog;
    this.quotas = quotas;
    this.select = select;
  }

  QueryOutcome createTable(Statement.CreateTable statement) {
    TableName name = statement.name();
    Relation old = catalog.find(name);
    if (old != null && statement.existing() == Existing.SKIP) {
      return QueryOutcome.ddl("CREATE_TABLE", "SKIP", name);
    }
    if (old != null && statement.existing() == Existing.REPLACE) {
      statement.definition().check();
      updated(catalog.table(name));
      catalog.drop(name);
    }
    catalog.createTable(name, statement.definition());
    return QueryOutcome.ddl("CREATE_TABLE", old == null ? "CREATE" : "REPLACE", name);
  }

  QueryOutcome alterTable(Statement.AlterTable statement) {
    TableName name = statement.name();
    if (statement.ifExists() && catalog.find(name) == null) {
      return QueryOutcome.ddl("ALTER_TABLE", "SKIP", name);
    }
    Table table = catalog.table(name);
    updated(table);
    TableDefinition definition = table.definition();
    List<Column> columns = new ArrayList<>(table.columns());
    List<Column> added = new ArrayList<>();
    for (Statement.Alteration alteration : statement.alterations()) {
      if (alteration instanceof Statement.AddColumn add) {
        if (add(columns, add)) {
          added.add(add.column());
        }
      } else if (alteration instanceof Statement.DropNotNull drop) {
        dropNotNull(columns, drop.column());
      } else if (alteration instanceof Statement.DescribeColumn describe) {
        int index = existing(columns, describe.column());
        columns.set(index, columns.get(index).describedAs(describe.description()));
      } else if (alteration instanceof Statement.SetOptions set) {
        definition = with(definition, set.options());
      }
    }
    catalog.alter(table, definition.withColumns(columns), added);
    return QueryOutcome.ddl("ALTER_TABLE", "ALTER", name);
  }

  /**
   * Columns that are added to a table with rows can't be REQUIRED (docs page "Modifying table
   * schemas", add a column). With IF NOT EXISTS, one of the same name in any case is left as it is.
   */
  private static boolean add(List<Column> columns, Statement.AddColumn add) {
    Column column = add.column();
    if (indexOf(columns, column.name()) >= 0) {
      if (add.ifNotExists()) {
        return false;
      }
      throw new RefusedException(Reason.INVALID_QUERY, "Column already exists: " + column.name());
    }
    if (column.required()) {
      throw new RefusedException(
          Reason.INVALID_QUERY,
          "Cannot add required fields to an existing schema. (field: %s)".formatted(column.name()));
    }
    columns.add(column);
    return true;
  }

  /** A column that is NULLABLE already is an error (docs page "DDL statements", DROP NOT NULL). */
  private static void dropNotNull(List<Column> columns, String name) {
    int index = existing(columns, name);
    if (!columns.get(index).required()) {
      throw new RefusedException(
          Reason.INVALID_QUERY, "Column does not have a NOT NULL constraint: " + name);
    }
    columns.set(index, columns.get(index).nullable());
  }

  private static TableDefinition with(TableDefinition definition, TableParser.Options options) {
    TableDefinition changed = definition;
    if (options.given().contains(TableParser.DESCRIPTION)) {
      changed = changed.withDescription(options.description());
    }
    if (options.given().contains(TableParser.EXPIRATION)) {
      if (definition.partitioning() == null) {
        throw new RefusedException(
            Reason.INVALID_QUERY, "partition_expiration_days needs a partitioned table");
      }
      changed = changed.withPartitionExpiration(options.partitionExpirationMillis());
    }
    return changed;
  }

  private static int existing(List<Column> columns, String name) {
    int index = indexOf(columns, name);
    if (index < 0) {
      throw new RefusedException(Reason.INVALID_QUERY, "Column not found: " + name);
    }
    return index;
  }

  private static int indexOf(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).key().equals(Column.key(name))) {
        return i;
      }
    }
    return -1;
  }

  QueryOutcome createView(Statement.CreateView statement) {
    TableName name = statement.name();
    Relation old = catalog.find(name);
    if (old != null && statement.existing() == Existing.SKIP) {
      return QueryOutcome.ddl("CREATE_VIEW", "SKIP", name);
    }
    if (old != null && statement.existing() == Existing.REFUSE) {
      throw RefusedException.alreadyExists("Table " + name);
    }
    Names own = new Names(name.dataset().project(), null);
    List<Column> columns = select.columns(select.translate(statement.query(), own));
    if (old instanceof View) {
      quotas.tableUpdate(name, false);
    }
    catalog.putView(name, statement.query(), columns, statement.description());
    return QueryOutcome.ddl("CREATE_VIEW", old == null ? "CREATE" : "REPLACE", name);
  }

  QueryOutcome createTableFunction(Statement.CreateTableFunction statement) {
    TableFunction function = statement.function();
    TableName name = function.name();
    Map<String, TableFunction> functions = catalog.dataset(name.dataset()).functions();
    boolean old = functions.containsKey(name.table());
    if (old && statement.existing() == Existing.SKIP) {
      return QueryOutcome.ddl("CREATE_TABLE_FUNCTION", "SKIP", name);
    }
    if (old && statement.existing() == Existing.REFUSE) {
      throw RefusedException.alreadyExists("Routine " + name);
    }
    select.columns(select.relations(new Names(name.dataset().project(), null)).body(function));
    functions.put(name.table(), function);
    return QueryOutcome.ddl("CREATE_TABLE_FUNCTION", old ? "REPLACE" : "CREATE", name);
  }

  QueryOutcome drop(Statement.Drop statement) {
    TableName name = statement.name();
    String type = "DROP_" + statement.what();
    if (statement.what() == Statement.Dropped.FUNCTION) {
      boolean dropped = catalog.dataset(name.dataset()).functions().remove(name.table()) != null;
      if (!dropped && !statement.ifExists()) {
        throw RefusedException.notFound("Routine " + name);
      }
      return QueryOutcome.ddl("DROP_TABLE_FUNCTION", dropped ? "DROP" : "SKIP", name);
    }
    Relation relation = catalog.find(name);
    if (relation == null && statement.ifExists()) {
      return QueryOutcome.ddl(type, "SKIP", name);
    }
    boolean view = catalog.relation(name) instanceof View;
    if (view != (statement.what() == Statement.Dropped.VIEW)) {
      throw new RefusedException(
          Reason.INVALID,
          "Cannot drop %s which has type %s".formatted(name, view ? "VIEW" : "TABLE"));
    }
    catalog.drop(name);
    return QueryOutcome.ddl(type, "DROP", name);
  }

  private void updated(Table table) {
    quotas.tableUpdate(table.name(), table.partitioning() != null);
  }
}
