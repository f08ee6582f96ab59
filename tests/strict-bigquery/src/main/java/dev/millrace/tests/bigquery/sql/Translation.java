package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.TypeName;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One query's way from GoogleSQL to DuckDB's SQL, token by token: names of tables are resolved,
 * parameters filled in, and what the two languages spell in different ways is spelt DuckDB's way.
 */
final class Translation {
  /** What is between a pair of parentheses. */
  private static final class Level {
    boolean inFrom;
    boolean relationNext;
  }

  private static final Words ENDS_FROM =
      Words.of(
          """
          SELECT WHERE GROUP HAVING QUALIFY WINDOW ORDER LIMIT UNION INTERSECT EXCEPT""");
  private static final Words AFTER_RELATION =
      Words.of(
          """
          SELECT WHERE GROUP HAVING QUALIFY WINDOW ORDER LIMIT UNION INTERSECT EXCEPT JOIN INNER
          LEFT RIGHT FULL CROSS ON USING FOR TABLESAMPLE PIVOT UNPIVOT WITH""");

  private final Tokens in;
  private final Relations relations;
  private final Parameters parameters;
  private final Map<String, String> arguments;
  private final Set<String> commonTables = new HashSet<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private final StringBuilder out = new StringBuilder();
  private int positional;

  /**
   * @param in a query, with an END last
   * @param arguments what stands for the parameters of a table function, by name in small letters
   */
  Translation(
      Tokens in, Relations relations, Parameters parameters, Map<String, String> arguments) {
    this.in = in;
    this.relations = relations;
    this.parameters = parameters;
    this.arguments = arguments;
    for (int i = 0; in.peek(i).kind() != Token.Kind.END; i++) {
      if (in.peek(i).isName() && in.peek(i + 1).is("AS") && in.peek(i + 2).isSymbol("(")) {
        commonTables.add(in.peek(i).text().toLowerCase(Locale.ROOT));
      }
    }
  }

  String translate() {
    levels.push(new Level());
    while (!in.atEnd()) {
      if (levels.element().relationNext) {
        levels.element().relationNext = false;
        relation();
      } else {
        token();
      }
    }
    return out.toString().strip();
  }

  private void token() {
    Token token = in.peek();
    switch (token.kind()) {
      case WORD -> word(token);
      case QUOTED -> quoted(token);
      case STRING -> emit(Database.literal(in.next().text()));
      case BYTES -> throw RefusedException.notCovered("literals of BYTES");
      case NUMBER -> emit(in.next().text());
      case PARAMETER -> emit(parameters.named(in.next().text()));
      case SYMBOL -> symbol(in.next().text());
      case END -> throw new IllegalStateException("past the end");
    }
  }

  private void symbol(String symbol) {
    switch (symbol) {
      case "(" -> levels.push(new Level());
      case ")" -> {
        levels.pop();
        if (levels.isEmpty()) {
          throw in.unexpected("end of statement");
        }
      }
      case "," -> levels.element().relationNext = levels.element().inFrom;
      case "?" -> {
        emit(parameters.positional(positional++));
        return;
      }
      case ":" -> throw in.unexpected("an operator of GoogleSQL");
      default -> {}
    }
    emit(symbol);
  }

  private void word(Token token) {
    Token previous = in.previous();
    boolean member = previous != null && previous.isSymbol(".");
    String upper = token.text().toUpperCase(Locale.ROOT);
    String argument = argument(token);
    if (member) {
      in.next();
      emit(Database.quoted(token.text()));
    } else if (in.peek(1).isSymbol("(") && call(upper)) {
      return;
    } else if (argument != null) {
      in.next();
      emit(argument);
    } else if (in.peek(1).kind() == Token.Kind.STRING && TypeName.find(upper) != null) {
      in.next();
      emit("CAST(%s AS %s)".formatted(Database.literal(in.next().text()), type(upper)));
    } else if (upper.equals("EXCEPT") && previous != null && previous.isSymbol("*")) {
      in.next();
      emit("EXCLUDE");
    } else if (in.ahead("IN", "UNNEST")) {
      in.next();
      in.next();
      emit("IN (SELECT unnest(" + joined(parenthesised()) + "))");
    } else {
      in.next();
      if (upper.equals("JOIN") || upper.equals("FROM") && !isDistinct(previous)) {
        levels.element().inFrom = true;
        levels.element().relationNext = true;
      } else if (ENDS_FROM.contains(upper)) {
        levels.element().inFrom = false;
      }
      emit(ReservedWords.isOnlyDuckDbs(upper) ? Database.quoted(token.text()) : token.text());
    }
  }

  private void quoted(Token token) {
    String argument = argument(token);
    in.next();
    emit(argument != null ? argument : Database.quoted(token.text()).replace(".", "\".\""));
  }

  /** What stands for a name that is a function's parameter; null for any other. */
  private String argument(Token token) {
    Token previous = in.previous();
    boolean names = previous != null && (previous.isSymbol(".") || previous.is("AS"));
    boolean qualifies = in.peek(1).isSymbol(".");
    return names || qualifies ? null : arguments.get(token.text().toLowerCase(Locale.ROOT));
  }

  /** FROM in IS DISTINCT FROM is followed by a value. */
  private static boolean isDistinct(Token previous) {
    return previous != null && previous.is("DISTINCT");
  }

  /** A call of a function, or false for a keyword before a parenthesis. */
  private boolean call(String name) {
    if (name.equals("CAST") || name.equals("SAFE_CAST")) {
      in.next();
      emit(cast(name.equals("CAST") ? "CAST" : "TRY_CAST"));
      return true;
    }
    if (name.equals("EXTRACT")) {
      in.next();
      in.expectSymbol("(");
      String part = in.expectName();
      in.expect("FROM");
      String from = sub(in.takeUntil(")"));
      in.expectSymbol(")");
      emit("EXTRACT(%s FROM %s)".formatted(part, from));
      return true;
    }
    if (Functions.isRewritten(name)) {
      in.next();
      emit(Functions.rewrite(name, parenthesised()));
      return true;
    }
    if (ReservedWords.contains(name)) {
      return false;
    }
    in.next();
    emit(Functions.name(name));
    return true;
  }

  private String cast(String keyword) {
    in.expectSymbol("(");
    List<Token> tokens = in.takeUntil(")");
    in.expectSymbol(")");
    int as = tokens.size() - 1;
    while (as > 0 && !tokens.get(as).is("AS")) {
      as--;
    }
    if (as < 1 || as == tokens.size() - 1) {
      throw in.unexpected("CAST(value AS type) before this,");
    }
    String type = type(tokens.get(as + 1).text());
    return "%s(%s AS %s)".formatted(keyword, sub(tokens.subList(0, as)), type);
  }

  private static String type(String name) {
    TypeName type = TypeName.find(name);
    if (type == null) {
      throw RefusedException.notCovered("the type " + name + " in queries");
    }
    return type.duckDb();
  }

  private void relation() {
    if (in.peek().isSymbol("(")) {
      symbol(in.next().text());
      return;
    }
    if (in.take("UNNEST")) {
      String array = joined(parenthesised());
      in.take("AS");
      String alias = Database.quoted(in.expectName());
      emit("(SELECT unnest(%s) AS %s) AS %s".formatted(array, alias, alias));
      return;
    }
    List<String> path = in.expectPath();
    String last = path.get(path.size() - 1);
    if (in.peek().isSymbol("(")) {
      emit(relations.call(path, parenthesised()));
    } else if (path.size() == 1 && commonTables.contains(last.toLowerCase(Locale.ROOT))) {
      emit(Database.quoted(last));
      return;
    } else {
      emit(relations.source(path));
    }
    if (!hasAlias()) {
      emit("AS " + Database.quoted(last));
    }
  }

  private boolean hasAlias() {
    Token next = in.peek();
    if (next.kind() == Token.Kind.WORD) {
      return !AFTER_RELATION.contains(next.text());
    }
    return next.kind() == Token.Kind.QUOTED;
  }

  /** The arguments between the parentheses that come next, in DuckDB's words. */
  private List<String> parenthesised() {
    in.expectSymbol("(");
    List<String> translated = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    int depth = 0;
    for (Token token : in.takeUntil(")")) {
      depth += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
      depth -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
      if (depth == 0 && token.isSymbol(",")) {
        translated.add(sub(current));
        current = new ArrayList<>();
      } else {
        current.add(token);
      }
    }
    in.expectSymbol(")");
    if (!current.isEmpty()) {
      translated.add(sub(current));
    }
    return translated;
  }

  private static String joined(List<String> parts) {
    return String.join(", ", parts);
  }

  private String sub(List<Token> tokens) {
    List<Token> own = new ArrayList<>(tokens);
    int end = in.peek().start();
    own.add(new Token(Token.Kind.END, "", end, end));
    Translation part = new Translation(new Tokens(in.sql(), own), relations, parameters, arguments);
    part.commonTables.addAll(commonTables);
    part.positional = positional;
    String sql = part.translate();
    positional = part.positional;
    return sql;
  }

  private void emit(String sql) {
    boolean tight = sql.equals(".") || out.length() > 0 && out.charAt(out.length() - 1) == '.';
    if (!tight && out.length() > 0) {
      out.append(' ');
    }
    out.append(sql);
  }
}
