package dev.millrace.cli.forget;

import dev.millrace.loader.ports.Dataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts rows of many tables in few questions, for each question takes a second or more. */
final class Counting {
  private static final int MAX_TABLES = 50;

  /** BigQuery takes 10,000 values in one question. */
  private static final int MAX_VALUES = 5_000;

  private final Questions questions;

  Counting(Questions questions) {
    this.questions = questions;
  }

  /** The same rows, counted; without those of which there are none. */
  List<Rows> counted(List<Rows> uncounted) throws IOException {
    Map<Integer, Long> counts = new TreeMap<>();
    ask(
        uncounted,
        "SELECT %d AS part, count(*) AS row_count FROM %s WHERE %s",
        row -> counts.merge(Math.toIntExact(row.number(0)), row.number(1), Long::sum));
    return with(uncounted, counts);
  }

  /**
   * The same of root rows.
   *
   * @param loadIds takes the load ids of the rows
   */
  List<Rows> countedByLoad(List<Rows> uncounted, Set<String> loadIds) throws IOException {
    Map<Integer, Long> counts = new TreeMap<>();
    String loadId = questions.dataset().name("_dlt_load_id");
    ask(
        uncounted,
        "SELECT %d AS part, count(*) AS row_count, "
            + loadId
            + " AS load_id FROM %s WHERE %s GROUP BY "
            + loadId,
        row -> {
          counts.merge(Math.toIntExact(row.number(0)), row.number(1), Long::sum);
          loadIds.add(row.text(2));
        });
    return with(uncounted, counts);
  }

  private static List<Rows> with(List<Rows> uncounted, Map<Integer, Long> counts) {
    List<Rows> counted = new ArrayList<>();
    for (int i = 0; i < uncounted.size(); i++) {
      long count = counts.getOrDefault(i, 0L);
      if (count > 0) {
        counted.add(new Rows(uncounted.get(i).table(), uncounted.get(i).where(), count));
      }
    }
    return counted;
  }

  private void ask(Collection<Rows> all, String form, Dataset.RowVisitor visitor)
      throws IOException {
    List<String> parts = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    int number = 0;
    for (Rows rows : all) {
      boolean full = values.size() + rows.where().values().size() > MAX_VALUES;
      if (parts.size() == MAX_TABLES || (full && !parts.isEmpty())) {
        questions.ask(String.join(" UNION ALL ", parts), values, visitor);
        parts.clear();
        values.clear();
      }
      String table = questions.dataset().table(rows.table());
      parts.add(form.formatted(number++, table, rows.where().sql()));
      values.addAll(rows.where().values());
    }
    if (!parts.isEmpty()) {
      questions.ask(String.join(" UNION ALL ", parts), values, visitor);
    }
  }
}
