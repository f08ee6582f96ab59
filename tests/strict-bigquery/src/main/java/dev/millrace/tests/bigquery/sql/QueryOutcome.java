package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.rows.ResultRows;

/**
 * What a script came to: the rows of its last statement, and what that statement was.
 *
 * @param statementType as the API's {@code statementType}
 * @param ddlOperation as the API's {@code ddlOperationPerformed}; null for a query
 * @param ddlTarget what DDL was about; null for a query
 */
public record QueryOutcome(
    ResultRows result, String statementType, String ddlOperation, TableName ddlTarget) {
  static QueryOutcome ddl(String statementType, String operation, TableName target) {
    return new QueryOutcome(ResultRows.NONE, statementType, operation, target);
  }
}
