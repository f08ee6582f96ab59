package dev.millrace.cli.forget;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition of SQL, with its values.
 *
 * @param sql what stands behind WHERE
 */
record Condition(String sql, List<Object> values) {
  Condition {
    values = List.copyOf(values);
  }

  Condition or(Condition other) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(other.values);
    return new Condition(sql + " OR " + other.sql, all);
  }

  Condition and(String more, Object... moreValues) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(List.of(moreValues));
    return new Condition("(" + sql + ") AND " + more, all);
  }
}
