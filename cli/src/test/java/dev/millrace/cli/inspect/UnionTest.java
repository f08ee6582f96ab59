package dev.millrace.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.Dataset;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnionTest {
  private static final List<Dataset.TableInfo> TABLES =
      IntStream.range(0, 250).mapToObj(i -> new Dataset.TableInfo("t" + i, 1, List.of())).toList();

  private final AskedDataset dataset = new AskedDataset();
  private final Union union = new Union(dataset);

  @Test
  void many_tables_are_asked_in_few_questions_each_by_its_place() throws IOException {
    union.query(TABLES, table -> "a FROM " + table.name() + " WHERE b = ?", List.of(1L), row -> {});

    assertThat(dataset.questions()).hasSize(3);
    assertThat(dataset.questions().get(0))
        .startsWith(
            "SELECT 0 AS place, a FROM t0 WHERE b = ?\nUNION ALL\nSELECT 1 AS place, a FROM t1");
    assertThat(dataset.questions().get(2)).endsWith("SELECT 249 AS place, a FROM t249 WHERE b = ?");
    assertThat(dataset.values()).extracting(List::size).containsExactly(100, 100, 50);
  }

  @Test
  void no_question_has_more_values_than_bigquery_takes() throws IOException {
    List<String> ids = Collections.nCopies(990, "id");

    union.query(TABLES, table -> "a", ids, row -> {});

    assertThat(dataset.values()).allSatisfy(given -> assertThat(given).hasSizeLessThan(10_000));
    assertThat(dataset.values().stream().mapToInt(List::size).sum()).isEqualTo(250 * 990);
  }

  @Test
  void what_it_costs_is_the_sum_of_the_questions() throws IOException {
    assertThat(union.billedBytes(TABLES, table -> "a", List.of())).isEqualTo(3 * 7);
  }

  @Test
  void nothing_is_asked_of_no_tables() throws IOException {
    union.query(List.of(), table -> "a", List.of(1L), row -> {});

    assertThat(dataset.questions()).isEmpty();
  }
}
