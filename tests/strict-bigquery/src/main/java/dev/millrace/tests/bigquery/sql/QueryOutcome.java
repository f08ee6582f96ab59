package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.rows.ResultRows;

/**
 * What a script came to: the rows of its last statement, and what that statement was.
 *
 * @param statementType as the API's {@code statementType}
 * @param ddlOperation as the API's {@code ddlOperationPerformed}; null for anything but DDL
 * @param ddlTarget what DDL was about; null for anything but DDL
 * @param changedRows as the API's {@code numDmlAffectedRows}; null for anything but DML
 */
public record QueryOutcome(
    ResultRows result,
    String statementType,
    String ddlOperation,
    TableName ddlTarget,
    Long changedRows) {
  static QueryOutcome rows(ResultRows result) {
    return new QueryOutcome(result, "SELECT", null, null, null);
  }

  static QueryOutcome changed(String statementType, long rows) {
    return new QueryOutcome(ResultRows.NONE, statementType, null, null, rows);
  }

  /** The same as the last statement of several. */
  QueryOutcome ofScript() {
    return new QueryOutcome(result, "SCRIPT", ddlOperation, ddlTarget, changedRows);
  }

  static QueryOutcome ddl(String statementType, String operation, TableName target) {
    return new QueryOutcome(ResultRows.NONE, statementType, operation, target, null);
  }
}
