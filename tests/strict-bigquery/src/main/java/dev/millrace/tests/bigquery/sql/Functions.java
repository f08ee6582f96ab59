package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.List;
import java.util.Map;

/** GoogleSQL's functions whose name or form is another one in DuckDB. */
final class Functions {
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("COUNTIF", "count_if"),
          Map.entry("JSON_VALUE", "json_extract_string"),
          Map.entry("JSON_EXTRACT_SCALAR", "json_extract_string"),
          Map.entry("JSON_QUERY", "json_extract"),
          Map.entry("ARRAY_LENGTH", "len"),
          Map.entry("UNIX_MICROS", "epoch_us"),
          Map.entry("UNIX_MILLIS", "epoch_ms"),
          Map.entry("TIMESTAMP_MICROS", "make_timestamptz"),
          Map.entry("CURRENT_TIMESTAMP", "now"),
          Map.entry("LOGICAL_OR", "bool_or"),
          Map.entry("LOGICAL_AND", "bool_and"),
          Map.entry("APPROX_COUNT_DISTINCT", "approx_count_distinct"),
          Map.entry("GENERATE_UUID", "uuid"));

  /** Those that are the same in both. What is not known here is not found, as in BigQuery. */
  private static final Words SAME =
      Words.of(
          """
          ABS ANY_VALUE ARRAY_AGG ARRAY_CONCAT AVG BIT_COUNT CEIL COALESCE CONCAT CORR COUNT
          CURRENT_DATE DENSE_RANK ENDS_WITH EXP FIRST_VALUE FLOOR GREATEST IFNULL IS_INF IS_NAN LAG
          LAST_VALUE LEAD LEAST LENGTH LN LOG10 LOWER LPAD LTRIM MAX MAX_BY MIN MIN_BY MOD NTILE
          NULLIF PERCENT_RANK RANK REGEXP_REPLACE REPEAT REPLACE REVERSE ROUND ROW_NUMBER RPAD RTRIM
          SIGN SQRT STARTS_WITH STDDEV STRING_AGG STRPOS SUBSTR SUBSTRING SUM TO_BASE64 TRIM TRUNC
          UPPER VARIANCE""");

  private static final Words REWRITTEN =
      Words.of(
          """
          TIMESTAMP DATE DATETIME PARSE_JSON TO_JSON_STRING TIMESTAMP_TRUNC DATE_TRUNC
          TIMESTAMP_ADD TIMESTAMP_SUB DATE_ADD DATE_SUB TIMESTAMP_DIFF DATE_DIFF UNIX_SECONDS
          SAFE_DIVIDE""");

  private Functions() {}

  /** The name in DuckDB of a function whose call needs no rewriting. */
  static String name(String googleSql) {
    if (!RENAMED.containsKey(googleSql) && !SAME.contains(googleSql)) {
      throw new RefusedException(
          Reason.INVALID_QUERY,
          "Function not found: %s (or not covered by the strict BigQuery for tests)"
              .formatted(googleSql));
    }
    return RENAMED.getOrDefault(googleSql, googleSql);
  }

  static boolean isRewritten(String name) {
    return REWRITTEN.contains(name);
  }

  /** A call with its arguments already in DuckDB's words. */
  static String rewrite(String name, List<String> arguments) {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    if (arguments.size() == 1) {
      return switch (name) {
        case "TIMESTAMP" -> "CAST(%s AS TIMESTAMPTZ)".formatted(first);
        case "DATE" -> "CAST(%s AS DATE)".formatted(first);
        case "DATETIME" -> "CAST(%s AS TIMESTAMP)".formatted(first);
        case "PARSE_JSON" -> "CAST(%s AS JSON)".formatted(first);
        case "TO_JSON_STRING" -> "CAST(to_json(%s) AS VARCHAR)".formatted(first);
        case "UNIX_SECONDS" -> "CAST(floor(epoch(%s)) AS BIGINT)".formatted(first);
        default -> throw unknown(name, arguments);
      };
    }
    String second = arguments.size() < 2 ? "" : arguments.get(1);
    if (arguments.size() == 2) {
      return switch (name) {
        case "TIMESTAMP_TRUNC" -> "date_trunc('%s', %s)".formatted(second, first);
        case "DATE_TRUNC" -> "CAST(date_trunc('%s', %s) AS DATE)".formatted(second, first);
        case "TIMESTAMP_ADD" -> "(%s + %s)".formatted(first, second);
        case "TIMESTAMP_SUB" -> "(%s - %s)".formatted(first, second);
        case "DATE_ADD" -> "CAST(%s + %s AS DATE)".formatted(first, second);
        case "DATE_SUB" -> "CAST(%s - %s AS DATE)".formatted(first, second);
        case "SAFE_DIVIDE" -> "(%s / nullif(%s, 0))".formatted(first, second);
        default -> throw unknown(name, arguments);
      };
    }
    if (arguments.size() == 3 && name.endsWith("_DIFF")) {
      String counted = name.startsWith("DATE") ? "date_diff" : "date_sub";
      return "%s('%s', %s, %s)".formatted(counted, arguments.get(2), second, first);
    }
    if (arguments.size() == 3 && name.equals("DATE")) {
      return "make_date(%s)".formatted(String.join(", ", arguments));
    }
    throw unknown(name, arguments);
  }

  private static RefusedException unknown(String name, List<String> arguments) {
    return RefusedException.notCovered(name + " with " + arguments.size() + " arguments");
  }
}
