package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.ColumnType;
import dev.millrace.tests.bigquery.catalog.TableFunction;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.sql.Statement.Existing;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the statements of a script: queries, and the DDL and DML that are covered (docs pages "Data
 * definition language (DDL) statements in GoogleSQL" and "Data manipulation language (DML)
 * statements in GoogleSQL").
 */
final class StatementParser {
  /** How statements begin that BigQuery knows and this server does not. */
  private static final Words NOT_COVERED =
      Words.of(
          """
          ALTER ASSERT BEGIN CALL COMMIT DECLARE DROP EXECUTE EXPORT FOR GRANT IF LOAD LOOP MERGE
          REVOKE ROLLBACK SET TRUNCATE WHILE""");

  private final Tokens in;
  private final Names names;
  private final TableParser tables;

  private StatementParser(Tokens in, Names names) {
    this.in = in;
    this.names = names;
    this.tables = new TableParser(in);
  }

  /** The statements of a script, in order. */
  static List<Statement> parse(String sql, Names names) {
    Tokens script = Tokens.of(sql);
    List<Statement> statements = new ArrayList<>();
    while (!script.atEnd()) {
      List<Token> tokens = script.takeUntil(";");
      Token end = script.next();
      if (!tokens.isEmpty()) {
        tokens.add(new Token(Token.Kind.END, "", end.start(), end.start()));
        statements.add(new StatementParser(new Tokens(sql, tokens), names).statement());
      }
    }
    if (statements.isEmpty()) {
      throw script.unexpected("a statement");
    }
    return statements;
  }

  private Statement statement() {
    if (in.ahead("SELECT") || in.ahead("WITH") || in.peek().isSymbol("(")) {
      return new Statement.Query(rest());
    }
    if (in.take("DELETE")) {
      in.take("FROM");
      return delete();
    }
    if (in.take("UPDATE")) {
      return update();
    }
    if (in.take("INSERT")) {
      in.take("INTO");
      return insert();
    }
    Statement statement = ddl();
    if (!in.atEnd()) {
      throw in.unexpected("end of statement");
    }
    return statement;
  }

  /** DELETE [FROM] table [[AS] alias] WHERE condition; the condition can't be left out. */
  private Statement delete() {
    List<String> path = in.expectPath();
    String alias = alias(path, "WHERE");
    in.expect("WHERE");
    return new Statement.Change(
        Statement.Changing.DELETE, names.table(path), alias, "WHERE", rest());
  }

  /** UPDATE table [[AS] alias] SET column = value, … WHERE condition; there must be a condition. */
  private Statement update() {
    List<String> path = in.expectPath();
    String alias = alias(path, "SET");
    in.expect("SET");
    List<Token> body = rest();
    if (body.stream().anyMatch(token -> token.is("FROM"))) {
      throw RefusedException.notCovered("UPDATE with FROM");
    }
    if (body.stream().noneMatch(token -> token.is("WHERE"))) {
      throw in.unexpected("keyword WHERE");
    }
    return new Statement.Change(Statement.Changing.UPDATE, names.table(path), alias, "SET", body);
  }

  /** INSERT [INTO] table (column, …) VALUES (…), … or a query. */
  private Statement insert() {
    List<String> path = in.expectPath();
    List<String> columns = new ArrayList<>();
    in.expectSymbol("(");
    do {
      columns.add(Database.quoted(in.expectName()));
    } while (in.takeSymbol(","));
    in.expectSymbol(")");
    String head = "(" + String.join(", ", columns) + ")" + (in.take("VALUES") ? " VALUES" : "");
    return new Statement.Change(
        Statement.Changing.INSERT, names.table(path), last(path), head, rest());
  }

  /** What a table is called in a statement: its alias, or else its name. */
  private String alias(List<String> path, String next) {
    if (in.take("AS") || !in.ahead(next)) {
      return in.expectName();
    }
    return last(path);
  }

  private static String last(List<String> path) {
    return path.get(path.size() - 1);
  }

  private Statement ddl() {
    if (in.take("CREATE")) {
      boolean replace = in.take("OR", "REPLACE");
      if (in.take("TABLE", "FUNCTION")) {
        return createTableFunction(existing(replace));
      }
      if (in.take("TABLE")) {
        return createTable(existing(replace));
      }
      if (in.take("VIEW")) {
        return createView(existing(replace));
      }
    } else if (in.take("ALTER", "TABLE")) {
      return alterTable();
    } else if (in.take("DROP", "TABLE", "FUNCTION")) {
      return drop(Statement.Dropped.FUNCTION);
    } else if (in.take("DROP", "TABLE")) {
      return drop(Statement.Dropped.TABLE);
    } else if (in.take("DROP", "VIEW")) {
      return drop(Statement.Dropped.VIEW);
    }
    if (NOT_COVERED.contains(in.peek().text()) || in.previous() != null) {
      throw RefusedException.notCovered("the statement " + in.sql().strip());
    }
    throw in.unexpected("a statement");
  }

  private Existing existing(boolean replace) {
    if (in.take("IF", "NOT", "EXISTS")) {
      return Existing.SKIP;
    }
    return replace ? Existing.REPLACE : Existing.REFUSE;
  }

  private Statement createTable(Existing existing) {
    TableName name = names.table(in.expectPath());
    return new Statement.CreateTable(name, tables.definition(), existing);
  }

  private Statement createView(Existing existing) {
    TableName name = names.table(in.expectPath());
    String description = tables.options().description();
    in.expect("AS");
    return new Statement.CreateView(name, restAsText(), description, existing);
  }

  private Statement createTableFunction(Existing existing) {
    TableName name = names.table(in.expectPath());
    List<TableFunction.Parameter> parameters = new ArrayList<>();
    in.expectSymbol("(");
    while (!in.takeSymbol(")")) {
      if (!parameters.isEmpty()) {
        in.expectSymbol(",");
      }
      String parameter = in.expectName();
      ColumnType type = tables.type();
      parameters.add(new TableFunction.Parameter(parameter, type));
    }
    if (in.ahead("RETURNS")) {
      throw RefusedException.notCovered("RETURNS of table functions");
    }
    tables.options();
    in.expect("AS");
    return new Statement.CreateTableFunction(
        new TableFunction(name, parameters, restAsText()), existing);
  }

  private Statement alterTable() {
    boolean ifExists = in.take("IF", "EXISTS");
    TableName name = names.table(in.expectPath());
    List<Statement.Alteration> alterations = new ArrayList<>();
    do {
      alterations.add(alteration());
    } while (in.takeSymbol(","));
    return new Statement.AlterTable(name, ifExists, alterations);
  }

  private Statement.Alteration alteration() {
    if (in.take("ADD", "COLUMN")) {
      boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
      return new Statement.AddColumn(tables.column(), ifNotExists);
    }
    if (in.take("ALTER", "COLUMN")) {
      String column = in.expectName();
      if (in.take("DROP", "NOT", "NULL")) {
        return new Statement.DropNotNull(column);
      }
      if (in.take("SET") && in.ahead("OPTIONS")) {
        return new Statement.DescribeColumn(column, tables.options().description());
      }
    }
    if (in.take("SET") && in.ahead("OPTIONS")) {
      return new Statement.SetOptions(tables.options());
    }
    throw RefusedException.notCovered("this action of ALTER TABLE: " + in.textSince(in.peek()));
  }

  private Statement drop(Statement.Dropped what) {
    boolean ifExists = in.take("IF", "EXISTS");
    return new Statement.Drop(what, names.table(in.expectPath()), ifExists);
  }

  private List<Token> rest() {
    List<Token> tokens = new ArrayList<>();
    while (!in.atEnd()) {
      tokens.add(in.next());
    }
    tokens.add(in.peek());
    return tokens;
  }

  private String restAsText() {
    Token first = in.peek();
    rest();
    return in.textSince(first).strip();
  }
}
