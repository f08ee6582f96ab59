package dev.millrace.function.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import dev.millrace.loader.contract.DatasetContract;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.tests.bigquery.faults.CallKind;
import dev.millrace.tests.bigquery.faults.Fault;
import dev.millrace.tests.bigquery.faults.Misbehaviour;
import dev.millrace.tests.bigquery.faults.Occasion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A dataset of the strict BigQuery keeps what the port promises. */
@ExtendWith(SharedStorage.class)
@Execution(ExecutionMode.CONCURRENT)
@Tag("once")
class BigQueryDatasetTest extends DatasetContract {
  private static final long MEGABYTE = 1 << 20;

  private Fixture fixture;

  @BeforeEach
  void newDataset() throws IOException {
    fixture = new Fixture(SharedStorage.get());
  }

  @AfterEach
  void closeDataset() {
    fixture.close();
  }

  @Override
  protected Warehouse warehouse() {
    return fixture.instance();
  }

  private Dataset withTables() throws IOException {
    Warehouse warehouse = fixture.instance();
    warehouse.evolve(Fixture.orders(), Set.of("orders"), Instant.MAX);
    fixture.loadByHand(
        "orders",
        (String.join("\n", Fixture.orderLines(3)) + "\n").getBytes(StandardCharsets.UTF_8));
    fixture.strict.forgetCalls();
    return warehouse.dataset();
  }

  @Test
  void tables_areToldWithoutAQuery() throws IOException {
    assertThat(withTables().tables().get("orders").rows()).isEqualTo(3);
    assertThat(fixture.strict.calls()).noneMatch(call -> call.kind().code().startsWith("jobs"));
  }

  @Test
  void tables_ofADatasetThatIsNotThere_areNone() throws IOException {
    fixture.client.delete(Fixture.DATASET.name(), DatasetDeleteOption.deleteContents());

    assertThat(fixture.instance().dataset().tables()).isEmpty();
  }

  @Test
  void aMissingDataset_isAMatterOfConfiguration() {
    fixture.client.delete(Fixture.DATASET.name(), DatasetDeleteOption.deleteContents());

    assertThatThrownBy(
            () -> fixture.instance().dataset().query("SELECT 1 AS one", List.of(), row -> {}))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED));
  }

  @Test
  void longAnswers_areReadPageByPage() throws IOException {
    Dataset dataset = fixture.instance().dataset();
    Set<String> pairs = new HashSet<>();
    fixture.strict.forgetCalls();

    dataset.query(
        "SELECT a, b FROM UNNEST([%s]) AS a, UNNEST([%s]) AS b".formatted(list(500), list(50)),
        List.of(),
        row -> pairs.add(row.text(0) + "," + row.text(1)));

    assertThat(pairs).hasSize(25_000);
    assertThat(fixture.strict.calls())
        .filteredOn(call -> call.kind() == CallKind.TABLEDATA_LIST)
        .hasSizeGreaterThan(1);
  }

  @Test
  void whatPasses_isTriedAgain_andChangesOnce() throws IOException {
    Dataset dataset = withTables();
    fixture.strict.tell(
        Fault.on(CallKind.JOBS_INSERT_QUERY, Occasion.nth(1), Misbehaviour.hangUpAfter()));

    assertThat(
            dataset.change(
                "UPDATE " + dataset.table("orders") + " SET total = total + 1 WHERE total < ?",
                List.of(2L)))
        .isEqualTo(2);
    assertThat(fixture.ask("SELECT total FROM telemetry.orders ORDER BY total"))
        .containsExactly("1", "2", "2");
  }

  @Test
  void billedBytes_areTenMegabytesForEachTableAtLeast_andNothingIsRead() throws IOException {
    Dataset dataset = withTables();
    String delete = "DELETE FROM " + dataset.table("orders") + " WHERE total = ?";

    assertThat(dataset.billedBytes(delete, List.of(1L))).hasValue(10 * MEGABYTE);
    assertThat(fixture.count("orders")).isEqualTo(3);
  }

  @Test
  void billedBytes_areWholeMegabytes() {
    assertThat(BigQueryDataset.billed(0, 3)).isZero();
    assertThat(BigQueryDataset.billed(1, 3)).isEqualTo(30 * MEGABYTE);
    assertThat(BigQueryDataset.billed(40 * MEGABYTE + 1, 3)).isEqualTo(41 * MEGABYTE);
    assertThat(BigQueryDataset.billed(40 * MEGABYTE, 3)).isEqualTo(40 * MEGABYTE);
  }

  @Test
  void itIsCalledByItsProjectAndName() {
    assertThat(fixture.instance().dataset().label()).isEqualTo("millrace-test.telemetry");
  }

  private static String list(int count) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(String.valueOf(i));
    }
    return String.join(", ", numbers);
  }
}
