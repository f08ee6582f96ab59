package dev.millrace.cli.catalog;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.Row;
import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.normalizer.schema.DataType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a table for its shares and examples: one question counts over all the days, and another
 * takes a few rows of the last of them. Empty tables are not asked.
 *
 * @param since rows received before it are not read; null for all
 */
record TableQuestions(Dataset dataset, Instant since) {
  private static final int SAMPLED_ROWS = 500;
  private static final int SAMPLED_CHARACTERS = 200;
  private static final Duration SAMPLED = Duration.ofDays(1);

  private record Question(String sql, List<Object> values) {}

  /**
   * @param shown the columns of which examples are wanted
   */
  TableAnswers ask(TableInfo table, List<ColumnInfo> shown) throws IOException {
    if (table.rows() == 0) {
      return new TableAnswers(0, null, Map.of(), Map.of(), 0);
    }
    TableAnswers counted = counted(table);
    List<ColumnInfo> filled =
        shown.stream().filter(column -> counted.filled().get(column.name()) > 0).toList();
    return filled.isEmpty() ? counted : sampled(counted, table, filled);
  }

  private TableAnswers counted(TableInfo table) throws IOException {
    boolean timed = table.columns().stream().anyMatch(it -> isReceivedAt(it.name()));
    List<ColumnInfo> nullable = table.columns().stream().filter(ColumnInfo::nullable).toList();
    List<String> selected = new ArrayList<>();
    selected.add("count(*)");
    nullable.forEach(column -> selected.add("count(%s)".formatted(dataset.name(column.name()))));
    if (timed) {
      selected.add("max(%s)".formatted(dataset.name(SystemWords.RECEIVED_AT)));
    }
    Question question = question(selected, table, timed ? since : null, "");
    long billed = billed(question);
    List<TableAnswers> answer = new ArrayList<>();
    dataset.query(
        question.sql(),
        question.values(),
        row -> {
          Map<String, Long> filled = new LinkedHashMap<>();
          table.columns().forEach(column -> filled.put(column.name(), row.number(0)));
          for (int i = 0; i < nullable.size(); i++) {
            filled.put(nullable.get(i).name(), row.number(i + 1));
          }
          Instant latest = timed ? row.time(selected.size() - 1) : null;
          answer.add(new TableAnswers(row.number(0), latest, filled, Map.of(), billed));
        });
    return answer.get(0);
  }

  private TableAnswers sampled(TableAnswers counted, TableInfo table, List<ColumnInfo> columns)
      throws IOException {
    List<ExampleTally> tallies = columns.stream().map(column -> new ExampleTally()).toList();
    Question question =
        question(
            columns.stream().map(this::beginning).toList(),
            table,
            lastDay(counted.latest()),
            "\nLIMIT " + SAMPLED_ROWS);
    dataset.query(question.sql(), question.values(), row -> add(row, tallies));
    Map<String, List<String>> examples = new LinkedHashMap<>();
    for (int i = 0; i < tallies.size(); i++) {
      examples.put(columns.get(i).name(), tallies.get(i).examples());
    }
    return counted.withExamples(examples, billed(question));
  }

  private static void add(Row row, List<ExampleTally> tallies) {
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).add(row.text(i));
    }
  }

  private Instant lastDay(Instant latest) {
    Instant from = latest == null ? null : latest.minus(SAMPLED);
    return from != null && since != null && from.isBefore(since) ? since : from;
  }

  /** Long texts stay in the warehouse. */
  private String beginning(ColumnInfo column) {
    String name = dataset.name(column.name());
    return column.type() == DataType.TEXT
        ? "substr(%s, 1, %d)".formatted(name, SAMPLED_CHARACTERS)
        : name;
  }

  private Question question(List<String> selected, TableInfo table, Instant from, String limit) {
    String where =
        from == null ? "" : "\nWHERE %s >= ?".formatted(dataset.name(SystemWords.RECEIVED_AT));
    return new Question(
        "SELECT %s\nFROM %s%s%s"
            .formatted(String.join(", ", selected), dataset.table(table.name()), where, limit),
        from == null ? List.of() : List.of(from));
  }

  private long billed(Question question) throws IOException {
    return dataset.billedBytes(question.sql(), question.values()).orElse(0);
  }

  private static boolean isReceivedAt(String column) {
    return column.equals(SystemWords.RECEIVED_AT);
  }
}
