package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.quotas.Quotas;
import java.util.List;

/** Runs GoogleSQL: one statement, or several with semicolons between them. Thread-safe. */
public final class Queries {
  private final Catalog catalog;
  private final Select select;
  private final Ddl ddl;

  public Queries(Catalog catalog, Quotas quotas, Database database) {
    this.catalog = catalog;
    this.select = new Select(catalog, database);
    this.ddl = new Ddl(catalog, quotas, select);
  }

  /**
   * Runs a script. As in BigQuery, what statements before a failing one did stays done.
   *
   * @throws dev.millrace.tests.bigquery.error.RefusedException if it can't be read or carried out
   */
  public QueryOutcome run(String sql, Names names, Parameters parameters) {
    List<Statement> statements = StatementParser.parse(sql, names);
    QueryOutcome last = null;
    for (Statement statement : statements) {
      last = run(statement, sql, names, parameters);
    }
    return statements.size() == 1
        ? last
        : new QueryOutcome(last.result(), "SCRIPT", last.ddlOperation(), last.ddlTarget());
  }

  private QueryOutcome run(Statement statement, String sql, Names names, Parameters parameters) {
    if (statement instanceof Statement.Query query) {
      return catalog.reading(
          () ->
              new QueryOutcome(
                  select.run(query.tokens(), sql, names, parameters), "SELECT", null, null));
    }
    return catalog.changing(() -> change(statement));
  }

  private QueryOutcome change(Statement statement) {
    if (statement instanceof Statement.CreateTable create) {
      return ddl.createTable(create);
    }
    if (statement instanceof Statement.AlterTable alter) {
      return ddl.alterTable(alter);
    }
    if (statement instanceof Statement.CreateView create) {
      return ddl.createView(create);
    }
    if (statement instanceof Statement.CreateTableFunction create) {
      return ddl.createTableFunction(create);
    }
    return ddl.drop((Statement.Drop) statement);
  }
}
