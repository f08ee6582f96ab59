package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.quotas.Quotas;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** Runs GoogleSQL: one statement, or several with semicolons between them. Thread-safe. */
public final class Queries {
  /**
   * What a dry run tells.
   *
   * @param statementType as the API's {@code statementType}
   * @param bytes that would be read
   * @param tables that would be read
   */
  public record Estimate(String statementType, long bytes, Collection<TableName> tables) {}

  private final Catalog catalog;
  private final Select select;
  private final Ddl ddl;
  private final Dml dml;
  private final TableBytes bytes;

  public Queries(Catalog catalog, Quotas quotas, Database database, Clock clock) {
    this.catalog = catalog;
    this.select = new Select(catalog, database);
    this.ddl = new Ddl(catalog, quotas, select);
    this.dml = new Dml(database, clock);
    this.bytes = new TableBytes(database);
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
    return statements.size() == 1 ? last : last.ofScript();
  }

  /**
   * Looks at one query or DML statement without running it: it is refused as it would be, and what
   * it would read is estimated.
   */
  public Estimate estimate(String sql, Names names, Parameters parameters) {
    List<Statement> statements = StatementParser.parse(sql, names);
    if (statements.size() > 1) {
      throw RefusedException.notCovered("dry runs of scripts");
    }
    return catalog.reading(() -> estimate(statements.get(0), sql, names, parameters));
  }

  private Estimate estimate(Statement statement, String sql, Names names, Parameters parameters) {
    Relations relations = select.relations(names);
    if (statement instanceof Statement.Query query) {
      select.check(query.tokens(), sql, relations, parameters);
      return new Estimate("SELECT", bytes.of(relations.read()), relations.readNames());
    }
    if (statement instanceof Statement.Change change) {
      dml.check(change, sql, relations, parameters);
      return new Estimate(change.what().name(), bytes.of(relations.read()), relations.readNames());
    }
    throw RefusedException.notCovered("dry runs of DDL");
  }

  private QueryOutcome run(Statement statement, String sql, Names names, Parameters parameters) {
    if (statement instanceof Statement.Query query) {
      return catalog.reading(
          () -> QueryOutcome.rows(select.run(query.tokens(), sql, names, parameters)));
    }
    if (statement instanceof Statement.Change change) {
      return catalog.reading(() -> dml.run(change, sql, select.relations(names), parameters));
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
