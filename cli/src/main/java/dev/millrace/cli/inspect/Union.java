package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.RowVisitor;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks many tables the same in few questions. */
final class Union {
  /** A question of BigQuery's names 1,000 tables at most, and is easier to plan with fewer. */
  private static final int MOST_TABLES = 100;

  /** A question of BigQuery's takes 10,000 values. */
  private static final int MOST_VALUES = 9_000;

  private final Dataset dataset;

  Union(Dataset dataset) {
    this.dataset = dataset;
  }

  /**
   * Shows the rows of all tables, the table's place in the list first.
   *
   * @param select what to ask of one, without its SELECT
   * @param values for the question marks of each
   */
  void query(
      List<TableInfo> tables,
      Function<TableInfo, String> select,
      List<?> values,
      RowVisitor visitor)
      throws IOException {
    for (Question question : questions(tables, select, values)) {
      dataset.query(question.sql(), question.values(), visitor);
    }
  }

  /** What all of it would be billed, in bytes; 0 where nothing is. */
  long billedBytes(List<TableInfo> tables, Function<TableInfo, String> select, List<?> values)
      throws IOException {
    long bytes = 0;
    for (Question question : questions(tables, select, values)) {
      bytes += dataset.billedBytes(question.sql(), question.values()).orElse(0);
    }
    return bytes;
  }

  private record Question(String sql, List<Object> values) {}

  private static List<Question> questions(
      List<TableInfo> tables, Function<TableInfo, String> select, List<?> values) {
    int most = Math.max(1, Math.min(MOST_TABLES, MOST_VALUES / Math.max(1, values.size())));
    List<Question> questions = new ArrayList<>();
    for (int from = 0; from < tables.size(); from += most) {
      List<String> selects = new ArrayList<>();
      List<Object> all = new ArrayList<>();
      for (int i = from; i < Math.min(tables.size(), from + most); i++) {
        selects.add("SELECT %d AS place, %s".formatted(i, select.apply(tables.get(i))));
        all.addAll(values);
      }
      questions.add(new Question(String.join("\nUNION ALL\n", selects), all));
    }
    return questions;
  }
}
