package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts GoogleSQL into tokens (docs page "Lexical structure and syntax"). */
final class Tokenizer {
  private static final List<String> LONG_SYMBOLS =
      List.of("<=", ">=", "<>", "!=", "||", "<<", ">>", "=>");

  private final String sql;
  private int at;

  private Tokenizer(String sql) {
    this.sql = sql;
  }

  /** The tokens without comments, and an END last. */
  static List<Token> tokens(String sql) {
    Tokenizer tokenizer = new Tokenizer(sql);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = tokenizer.next();
      tokens.add(token);
    } while (token.kind() != Token.Kind.END);
    return tokens;
  }

  private Token next() {
    skipBlanks();
    int start = at;
    if (at == sql.length()) {
      return new Token(Token.Kind.END, "", start, start);
    }
    char c = sql.charAt(at);
    if (c == '`') {
      return new Token(Token.Kind.QUOTED, quoted("`", false), start, at);
    }
    if (c == '@') {
      at++;
      return new Token(Token.Kind.PARAMETER, word(), start, at);
    }
    int prefix = stringPrefix();
    if (prefix >= 0) {
      return string(start, prefix);
    }
    if (Character.isDigit(c) || c == '.' && at + 1 < sql.length() && isDigit(at + 1)) {
      return new Token(Token.Kind.NUMBER, number(), start, at);
    }
    if (Character.isLetter(c) || c == '_') {
      return new Token(Token.Kind.WORD, word(), start, at);
    }
    for (String symbol : LONG_SYMBOLS) {
      if (sql.startsWith(symbol, at)) {
        at += symbol.length();
        return new Token(Token.Kind.SYMBOL, symbol, start, at);
      }
    }
    at++;
    return new Token(Token.Kind.SYMBOL, String.valueOf(c), start, at);
  }

  private void skipBlanks() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at) || sql.charAt(at) == '#') {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else {
        return;
      }
    }
  }

  /** How many letters (r, b, rb) stand before a string's quote here, or -1 if no string does. */
  private int stringPrefix() {
    for (int letters = 0; letters <= 2 && at + letters < sql.length(); letters++) {
      char c = sql.charAt(at + letters);
      if (c == '"' || c == '\'') {
        return letters;
      }
      if ("rRbB".indexOf(c) < 0) {
        return -1;
      }
    }
    return -1;
  }

  private Token string(int start, int prefix) {
    String letters = sql.substring(at, at + prefix).toLowerCase(Locale.ROOT);
    at += prefix;
    String quote = sql.substring(at, at + 1);
    if (sql.startsWith(quote.repeat(3), at)) {
      quote = quote.repeat(3);
    }
    String text = quoted(quote, letters.contains("r"));
    Token.Kind kind = letters.contains("b") ? Token.Kind.BYTES : Token.Kind.STRING;
    return new Token(kind, text, start, at);
  }

  private String quoted(String quote, boolean raw) {
    at += quote.length();
    StringBuilder text = new StringBuilder();
    while (!sql.startsWith(quote, at)) {
      if (at >= sql.length()) {
        throw new RefusedException(
            Reason.INVALID_QUERY, "Syntax error: Unclosed string literal or identifier");
      }
      char c = sql.charAt(at++);
      if (c == '\\' && at < sql.length()) {
        if (raw) {
          text.append(c).append(sql.charAt(at++));
        } else {
          escape(text);
        }
      } else {
        text.append(c);
      }
    }
    at += quote.length();
    return text.toString();
  }

  private void escape(StringBuilder text) {
    char c = sql.charAt(at++);
    switch (c) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'a' -> text.append('\u0007');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'v' -> text.append('\u000b');
      case 'u' -> text.appendCodePoint(code(4, 16));
      case 'U' -> text.appendCodePoint(code(8, 16));
      case 'x', 'X' -> text.appendCodePoint(code(2, 16));
      case '0', '1', '2', '3' -> {
        at--;
        text.appendCodePoint(code(3, 8));
      }
      case '\\', '\'', '"', '`', '?' -> text.append(c);
      default ->
          throw new RefusedException(
              Reason.INVALID_QUERY, "Syntax error: Illegal escape sequence: \\" + c);
    }
  }

  private int code(int digits, int radix) {
    try {
      int code = Integer.parseInt(sql.substring(at, at + digits), radix);
      at += digits;
      return code;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new RefusedException(
          Reason.INVALID_QUERY, "Syntax error: Illegal escape sequence at " + at);
    }
  }

  private String number() {
    int start = at;
    while (at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at))
            || sql.charAt(at) == '.'
            || isSign(at) && "eE".indexOf(sql.charAt(at - 1)) >= 0)) {
      at++;
    }
    return sql.substring(start, at);
  }

  private String word() {
    int start = at;
    while (at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
      at++;
    }
    return sql.substring(start, at);
  }

  private boolean isDigit(int index) {
    return Character.isDigit(sql.charAt(index));
  }

  private boolean isSign(int index) {
    return sql.charAt(index) == '+' || sql.charAt(index) == '-';
  }
}
