package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.TableDefinition;
import dev.millrace.tests.bigquery.catalog.TableFunction;
import dev.millrace.tests.bigquery.catalog.TableName;
import java.util.List;

/** A statement that is understood. */
sealed interface Statement {
  /** What to do where the thing to create is there already. */
  enum Existing {
    REFUSE,
    SKIP,
    REPLACE
  }

  record CreateTable(TableName name, TableDefinition definition, Existing existing)
      implements Statement {}

  record AlterTable(TableName name, boolean ifExists, List<Alteration> alterations)
      implements Statement {}

  record CreateView(TableName name, String query, String description, Existing existing)
      implements Statement {}

  record CreateTableFunction(TableFunction function, Existing existing) implements Statement {}

  record Drop(Dropped what, TableName name, boolean ifExists) implements Statement {}

  /** A SELECT. */
  record Query(List<Token> tokens) implements Statement {}

  /**
   * A statement that changes rows.
   *
   * @param alias what the table is called in the statement
   * @param head what stands between the table and the body, in DuckDB's words
   * @param body an expression, assignments with their condition, or rows
   */
  record Change(Changing what, TableName name, String alias, String head, List<Token> body)
      implements Statement {}

  /** What a statement does to rows; the names are the API's {@code statementType}. */
  enum Changing {
    DELETE,
    INSERT,
    UPDATE
  }

  enum Dropped {
    TABLE,
    VIEW,
    FUNCTION
  }

  /** One action of an ALTER TABLE. */
  sealed interface Alteration {}

  record AddColumn(Column column, boolean ifNotExists) implements Alteration {}

  record DropNotNull(String column) implements Alteration {}

  /** A description of null takes the old one back. */
  record DescribeColumn(String column, String description) implements Alteration {}

  record SetOptions(TableParser.Options options) implements Alteration {}
}
