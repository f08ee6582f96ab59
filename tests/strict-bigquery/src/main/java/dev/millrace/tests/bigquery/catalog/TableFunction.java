package dev.millrace.tests.bigquery.catalog;

import java.util.List;

/** A table function in SQL: its parameters and its body, which is a query. */
public record TableFunction(TableName name, List<Parameter> parameters, String body) {
  /** A parameter; its name is not case-sensitive. */
  public record Parameter(String name, ColumnType type) {}

  public TableFunction {
    parameters = List.copyOf(parameters);
  }
}
