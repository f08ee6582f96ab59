package dev.millrace.tests.bigquery.sql;

/**
 * The words that GoogleSQL takes as names only in backticks (docs page "Lexical structure and
 * syntax", reserved keywords).
 */
final class ReservedWords {
  private static final Words WORDS =
      Words.of(
          """
          ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS
          CREATE CROSS CUBE CURRENT DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE
          EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL GROUP GROUPING GROUPS HASH HAVING IF
          IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE LIMIT LOOKUP MERGE
          NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY
          RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT
          TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE WINDOW WITH WITHIN""");

  /** Reserved in DuckDB, so that a column of that name has to be quoted there. */
  private static final Words ONLY_DUCKDBS =
      Words.of(
          """
          ANALYSE ANALYZE ASYMMETRIC BOTH CHECK COLUMN CONSTRAINT DEFERRABLE DESCRIBE DO FOREIGN
          INITIALLY LAMBDA LEADING ONLY PLACING PRIMARY REFERENCES RETURNING SHOW SUMMARIZE
          SYMMETRIC TABLE TRAILING UNIQUE VARIADIC""");

  private ReservedWords() {}

  static boolean contains(String word) {
    return WORDS.contains(word);
  }

  /** Whether DuckDB takes the word as a name only in quotes, and GoogleSQL without. */
  static boolean isOnlyDuckDbs(String word) {
    return ONLY_DUCKDBS.contains(word);
  }
}
