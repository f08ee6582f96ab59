package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** A place in a list of tokens. */
final class Tokens {
  private final String sql;
  private final List<Token> tokens;
  private int at;

  /**
   * @param sql what the tokens were cut from
   * @param tokens with an END last
   */
  Tokens(String sql, List<Token> tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  static Tokens of(String sql) {
    return new Tokens(sql, Tokenizer.tokens(sql));
  }

  Token peek() {
    return peek(0);
  }

  /** The token so many ahead; the END for whatever is beyond it. */
  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  /** The one before the next, or null at the start. */
  Token previous() {
    return at == 0 ? null : tokens.get(at - 1);
  }

  Token next() {
    Token token = peek();
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  boolean atEnd() {
    return peek().kind() == Token.Kind.END;
  }

  /** Whether these keywords come next; if so, they are passed. */
  boolean take(String... words) {
    if (!ahead(words)) {
      return false;
    }
    at += words.length;
    return true;
  }

  /** Whether these keywords come next. */
  boolean ahead(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean takeSymbol(String symbol) {
    if (!peek().isSymbol(symbol)) {
      return false;
    }
    at++;
    return true;
  }

  void expect(String... words) {
    for (String word : words) {
      if (!take(word)) {
        throw unexpected("keyword " + word);
      }
    }
  }

  void expectSymbol(String symbol) {
    if (!takeSymbol(symbol)) {
      throw unexpected("\"" + symbol + "\"");
    }
  }

  /** A name without dots. */
  String expectName() {
    if (!peek().isName()
        || peek().kind() == Token.Kind.WORD && ReservedWords.contains(peek().text())) {
      throw unexpected("identifier");
    }
    return next().text();
  }

  /**
   * A path as in {@code `p.d.t`}, {@code p.d.t} or {@code `p`.d.`t`}; a project may have dashes
   * outside of backticks too.
   */
  List<String> expectPath() {
    List<String> parts = new ArrayList<>();
    do {
      boolean quoted = peek().kind() == Token.Kind.QUOTED;
      StringBuilder part = new StringBuilder(expectName());
      while (!quoted && peek().isSymbol("-") && peek().start() == previous().end()) {
        next();
        part.append('-').append(next().text());
      }
      parts.addAll(quoted ? List.of(part.toString().split("\\.")) : List.of(part.toString()));
    } while (takeSymbol("."));
    return parts;
  }

  /** The text from here to before the closing of whatever is open, or to the end; passed. */
  List<Token> takeUntil(String symbol) {
    List<Token> taken = new ArrayList<>();
    int depth = 0;
    while (!atEnd() && !(depth == 0 && peek().isSymbol(symbol))) {
      Token token = next();
      if (token.isSymbol("(") || token.isSymbol("[")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]")) {
        depth--;
      }
      taken.add(token);
    }
    return taken;
  }

  /** What is written from a token up to the next one. */
  String textSince(Token first) {
    return sql.substring(first.start(), peek().start());
  }

  String sql() {
    return sql;
  }

  RefusedException unexpected(String expected) {
    Token token = peek();
    String got = token.kind() == Token.Kind.END ? "end of statement" : "\"" + token.text() + "\"";
    long line = sql.substring(0, token.start()).lines().count();
    int column = token.start() - sql.lastIndexOf('\n', Math.max(0, token.start() - 1));
    return new RefusedException(
        Reason.INVALID_QUERY,
        "Syntax error: Expected %s but got %s at [%d:%d]"
            .formatted(expected, got, Math.max(1, line), column));
  }
}
