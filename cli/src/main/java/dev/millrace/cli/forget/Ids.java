package dev.millrace.cli.forget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Values that a column is compared with.
 *
 * @param sql what stands between the brackets of IN: question marks, or a question of its own
 */
record Ids(String sql, List<Object> values) {
  Ids {
    values = List.copyOf(values);
  }

  static Ids of(List<?> values) {
    return new Ids(
        String.join(", ", Collections.nCopies(values.size(), "?")), new ArrayList<>(values));
  }

  /** A column's values in the rows that meet a condition. */
  static Ids selected(String column, String table, Condition where) {
    return new Ids(
        "SELECT %s FROM %s WHERE %s".formatted(column, table, where.sql()), where.values());
  }

  /** That a column has one of them. */
  Condition in(String column) {
    return new Condition("%s IN (%s)".formatted(column, sql), values);
  }
}
