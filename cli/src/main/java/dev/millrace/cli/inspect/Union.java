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
  private static final int TABLES = 100;

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
    for (int from = 0; from < tables.size(); from += TABLES) {
      int to = Math.min(tables.size(), from + TABLES);
      Question question = question(tables, from, to, select, values);
      dataset.query(question.sql(), question.values(), visitor);
    }
  }

  /** What all of it would be billed, in bytes; 0 where nothing is. */
  long billedBytes(List<TableInfo> tables, Function<TableInfo, String> select, List<?> values)
      throws IOException {
    long bytes = 0;
    for (int from = 0; from < tables.size(); from += TABLES) {
      int to = Math.min(tables.size(), from + TABLES);
      Question question = question(tables, from, to, select, values);
      bytes += dataset.billedBytes(question.sql(), question.values()).orElse(0);
    }
    return bytes;
  }

  private record Question(String sql, List<Object> values) {}

  private static Question question(
      List<TableInfo> tables,
      int from,
      int to,
      Function<TableInfo, String> select,
      List<?> values) {
    List<String> selects = new ArrayList<>();
    List<Object> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      selects.add("SELECT %d AS place, %s".formatted(i, select.apply(tables.get(i))));
      all.addAll(values);
    }
    return new Question(String.join("\nUNION ALL\n", selects), all);
  }
}
