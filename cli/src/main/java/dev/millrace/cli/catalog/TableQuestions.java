package dev.millrace.cli.catalog;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks a table for its shares and examples: one question counts over all the days, and another
 * takes a few rows of the last of them.
 *
 * @param since rows received before it are not read; null for all
 */
record TableQuestions(Dataset dataset, Instant since) {
  private static final int SAMPLED_ROWS = 500;
  private static final Duration SAMPLED = Duration.ofDays(1);

  /**
   * @param shown the columns of which examples are wanted
   */
  TableAnswers ask(TableInfo table, List<String> shown) throws IOException {
    boolean timed = table.columns().stream().anyMatch(it -> isReceivedAt(it.name()));
    Question counts = counts(table, timed);
    Map<String, Long> filled = new LinkedHashMap<>();
    long[] rows = new long[1];
    Instant[] latest = new Instant[1];
    dataset.query(
        counts.sql(),
        counts.values(),
        row -> {
          rows[0] = row.number(0);
          latest[0] = timed ? row.time(1) : null;
          for (int i = 0; i < table.columns().size(); i++) {
            filled.put(table.columns().get(i).name(), row.number(i + (timed ? 2 : 1)));
          }
        });
    long billed = billed(counts);
    Map<String, ExampleTally> tallies = new LinkedHashMap<>();
    shown.stream()
        .filter(column -> filled.getOrDefault(column, 0L) > 0)
        .forEach(column -> tallies.put(column, new ExampleTally()));
    if (!tallies.isEmpty()) {
      billed += sample(table, latest[0], tallies);
    }
    Map<String, List<String>> examples =
        tallies.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().examples()));
    return new TableAnswers(rows[0], latest[0], filled, examples, billed);
  }

  private record Question(String sql, List<Object> values) {}

  private Question counts(TableInfo table, boolean timed) {
    List<String> counted = new ArrayList<>();
    counted.add("count(*)");
    if (timed) {
      counted.add("max(%s)".formatted(dataset.name(SystemWords.RECEIVED_AT)));
    }
    for (ColumnInfo column : table.columns()) {
      counted.add("count(%s)".formatted(dataset.name(column.name())));
    }
    return question(counted, table, timed ? since : null, "");
  }

  /** Reads rows of the table's last day; the bytes that were billed. */
  private long sample(TableInfo table, Instant latest, Map<String, ExampleTally> tallies)
      throws IOException {
    List<String> columns = tallies.keySet().stream().map(dataset::name).toList();
    Instant from = latest == null ? null : latest.minus(SAMPLED);
    Instant bound = from != null && since != null && from.isBefore(since) ? since : from;
    Question rows = question(columns, table, bound, "\nLIMIT " + SAMPLED_ROWS);
    List<ExampleTally> inOrder = List.copyOf(tallies.values());
    dataset.query(
        rows.sql(),
        rows.values(),
        row -> {
          for (int i = 0; i < inOrder.size(); i++) {
            inOrder.get(i).add(row.text(i));
          }
        });
    return billed(rows);
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
