package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.catalog.ColumnType;
import dev.millrace.tests.bigquery.catalog.DatasetName;
import dev.millrace.tests.bigquery.catalog.Relation;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.catalog.TableFunction;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.catalog.View;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What stands after FROM, in DuckDB's words. Views and table functions are written out where they
 * are used, so a query always sees the tables behind them as they are now.
 */
final class Relations {
  /** Docs page "Quotas and limits", views: nested view levels. */
  private static final int GREATEST_DEPTH = 16;

  private final Catalog catalog;
  private final Names names;
  private final int depth;

  /** The tables that were asked for, in views too. */
  private final Set<Table> read;

  Relations(Catalog catalog, Names names) {
    this(catalog, names, 0, new LinkedHashSet<>());
  }

  private Relations(Catalog catalog, Names names, int depth, Set<Table> read) {
    this.catalog = catalog;
    this.names = names;
    this.depth = depth;
    this.read = read;
    if (depth > GREATEST_DEPTH) {
      throw new RefusedException(
          Reason.INVALID, "Not allowed: views or functions are nested more than 16 deep");
    }
  }

  /** A table, a view or a view of INFORMATION_SCHEMA. */
  String source(List<String> path) {
    int schema = path.size() - 2;
    if (schema >= 1 && path.get(schema).equalsIgnoreCase("INFORMATION_SCHEMA")) {
      String project = schema == 1 ? names.project() : path.get(0);
      DatasetName dataset = new DatasetName(project, path.get(schema - 1));
      return InformationSchema.subquery(catalog.dataset(dataset), path.get(schema + 1));
    }
    Relation relation = catalog.relation(names.table(path));
    if (relation instanceof Table table) {
      read.add(table);
      return table.storedAs();
    }
    View view = (View) relation;
    return "(" + deeper(view.name()).translate(view.query(), Map.of()) + ")";
  }

  /** The table that a statement changes. */
  Table changed(TableName name) {
    Table table = catalog.table(name);
    read.add(table);
    return table;
  }

  /** The tables that were asked for by now, each once, those behind views included. */
  Set<Table> read() {
    return read;
  }

  List<TableName> readNames() {
    return read.stream().map(Table::name).toList();
  }

  /** A call of a table function with arguments in DuckDB's words. */
  String call(List<String> path, List<String> arguments) {
    TableName name = names.table(path);
    TableFunction function = catalog.dataset(name.dataset()).functions().get(name.table());
    if (function == null) {
      throw new RefusedException(
          Reason.INVALID_QUERY, "Table-valued function not found: " + String.join(".", path));
    }
    if (arguments.size() != function.parameters().size()) {
      throw new RefusedException(
          Reason.INVALID_QUERY,
          "Number of arguments does not match for table-valued function " + name);
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      TableFunction.Parameter parameter = function.parameters().get(i);
      values.put(
          parameter.name().toLowerCase(Locale.ROOT), cast(arguments.get(i), parameter.type()));
    }
    return "(" + deeper(name).translate(function.body(), values) + ")";
  }

  /** The query in which the parameters of a function have no value: for a look at its columns. */
  String body(TableFunction function) {
    Map<String, String> values = new HashMap<>();
    for (TableFunction.Parameter parameter : function.parameters()) {
      values.put(parameter.name().toLowerCase(Locale.ROOT), cast("NULL", parameter.type()));
    }
    return deeper(function.name()).translate(function.body(), values);
  }

  private String translate(String query, Map<String, String> arguments) {
    return new Translation(Tokens.of(query), this, Parameters.NONE, arguments).translate();
  }

  private Relations deeper(TableName within) {
    Names own = new Names(within.dataset().project(), null);
    return new Relations(catalog, own, depth + 1, read);
  }

  private static String cast(String value, ColumnType type) {
    return "CAST(%s AS %s)".formatted(value, type.name().duckDb());
  }
}
