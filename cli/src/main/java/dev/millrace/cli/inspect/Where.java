package dev.millrace.cli.inspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The conditions of a question and the values in them, in order. */
final class Where {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** All of these must hold. A null value leaves the condition out. */
  Where and(String condition, Object value) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
    return this;
  }

  /** The same of a condition without a value. */
  Where and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** One of the values must be the expression's. */
  Where in(String expression, Collection<?> any) {
    conditions.add(
        "%s IN (%s)"
            .formatted(expression, String.join(", ", Collections.nCopies(any.size(), "?"))));
    values.addAll(any);
    return this;
  }

  /** Begins with WHERE, which QUALIFY needs in GoogleSQL even if everything holds. */
  String sql() {
    return "WHERE " + (conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions));
  }

  List<Object> values() {
    return List.copyOf(values);
  }

  /** The same, and more behind them. */
  List<Object> valuesAnd(Object... more) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(List.of(more));
    return all;
  }
}
