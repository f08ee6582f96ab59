package dev.millrace.tests.bigquery.sql;

/**
 * A piece of GoogleSQL.
 *
 * @param text as written, but for strings and quoted names, whose quotes and escapes are undone
 * @param start where it begins in the statement's text
 * @param end where it ends, exclusive
 */
record Token(Kind kind, String text, int start, int end) {
  enum Kind {
    /** A keyword or a name without quotes. */
    WORD,
    /** A name in backticks; it may have dots in it. */
    QUOTED,
    STRING,
    BYTES,
    NUMBER,
    /** A named parameter, without its {@code @}. */
    PARAMETER,
    SYMBOL,
    END
  }

  /** Whether it is this keyword, in any case. */
  boolean is(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }
}
