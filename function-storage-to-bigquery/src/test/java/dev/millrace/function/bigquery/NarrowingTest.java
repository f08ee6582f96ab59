package dev.millrace.function.bigquery;

import static dev.millrace.function.bigquery.Fixture.LOAD_ID;
import static dev.millrace.function.bigquery.Fixture.commit;
import static dev.millrace.function.bigquery.Fixture.order;
import static dev.millrace.function.bigquery.Fixture.orderLines;
import static dev.millrace.function.bigquery.Fixture.orders;
import static dev.millrace.function.bigquery.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Warehouse.RefusedRow;
import dev.millrace.loader.ports.Warehouse.Taken;
import dev.millrace.tests.bigquery.faults.Call;
import dev.millrace.tests.bigquery.faults.CallKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that BigQuery refuses are found one by one; all others are in. */
@Tag("once")
class NarrowingTest extends StrictTest {
  private static final String BAD = order("bad", "\"total\":\"secret\"");

  @Test
  void oneBadRowOfAPartIsFoundAndAllOthersAreIn() throws IOException {
    List<String> lines = new ArrayList<>(orderLines(200));
    lines.set(137, BAD);
    SealedPackage sealed = fixture.sealed(orders(), Map.of("orders", List.of(lines)));

    Taken taken = load(sealed);

    assertThat(taken.rows()).isEqualTo(Map.of("orders", 199L));
    RefusedRow refused = taken.refused().get(0);
    assertThat(taken.refused()).hasSize(1);
    assertThat(refused.table()).isEqualTo("orders");
    assertThat(refused.location()).isEqualTo(sealed.tables().get("orders").locations().get(0));
    assertThat(refused.line()).isEqualTo(137);
    assertThat(refused.detail()).contains("total").doesNotContain("secret");
    assertThat(fixture.count("orders")).isEqualTo(199);
    assertThat(fixture.ask("SELECT COUNT(DISTINCT _dlt_id) FROM `telemetry.orders`"))
        .containsExactly("199");
    assertThat(taken.jobs().get("orders")).hasSizeBetween(5, 20).doesNotHaveDuplicates();
  }

  @Test
  void badRowsOfSeveralPartsAreNamedByPartAndLine() throws IOException {
    List<String> first = new ArrayList<>(orderLines(5));
    first.set(0, BAD);
    List<String> third = List.of(BAD);
    SealedPackage sealed =
        fixture.sealed(orders(), Map.of("orders", List.of(first, orderLines(4), third)));

    Taken taken = load(sealed);

    List<String> locations = sealed.tables().get("orders").locations();
    assertThat(taken.refused())
        .extracting(row -> row.location() + "#" + row.line())
        .containsExactlyInAnyOrder(locations.get(0) + "#0", locations.get(2) + "#0");
    assertThat(fixture.count("orders")).isEqualTo(8);
  }

  @Test
  void aPackageOfOneBadRowHasNoRows() throws IOException {
    SealedPackage sealed = fixture.sealed(orders(), Map.of("orders", List.of(List.of(BAD))));

    Taken taken = load(sealed);

    assertThat(taken.rows()).isEqualTo(Map.of("orders", 0L));
    assertThat(taken.refused()).extracting(RefusedRow::line).containsExactly(0L);
  }

  @Test
  void aRerunFindsTheSameJobsAndTakesTheSame() throws IOException {
    List<String> lines = new ArrayList<>(orderLines(40));
    lines.set(7, BAD);
    lines.set(33, BAD);
    SealedPackage sealed = fixture.sealed(orders(), Map.of("orders", List.of(lines)));
    List<Taken> first = new ArrayList<>();
    assertThatThrownBy(
            () ->
                fixture
                    .instance()
                    .load(
                        sealed,
                        taken -> {
                          first.add(taken);
                          throw new IOException("killed");
                        },
                        soon()))
        .hasMessage("killed");
    Set<String> made = jobs();
    fixture.strict.forgetCalls();

    Taken again = load(sealed);

    assertThat(again.rows()).isEqualTo(first.get(0).rows());
    assertThat(again.refused()).containsExactlyInAnyOrderElementsOf(first.get(0).refused());
    assertThat(made).containsAll(jobs());
    assertThat(fixture.count("orders")).isEqualTo(38);
  }

  @Test
  void moreBadRowsThanItsJobsCanFindFailTheBatchForGood() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add(BAD);
    }
    SealedPackage sealed = fixture.sealed(orders(), Map.of("orders", List.of(lines)));
    BigQueryWarehouse warehouse = fixture.instanceThatNarrowsBy(20);

    LoadException failure =
        catchThrowableOfType(
            LoadException.class, () -> warehouse.load(sealed, commit(sealed), soon()));

    assertThat(failure.error()).isEqualTo(LoadError.COUNTS_DIFFER);
    assertThat(failure).hasMessageContaining("orders").hasMessageNotContaining("secret");
    assertThat(fixture.count("_dlt_loads")).isZero();
  }

  @Test
  void othersOfThePackageAreLoadedAsEver() throws IOException {
    SealedPackage sealed =
        fixture.sealed(
            Fixture.schema(
                Fixture.table("orders", Map.of(), Fixture.root()),
                Fixture.table("pages", Map.of(), Fixture.root())),
            Map.of("orders", List.of(List.of(BAD)), "pages", List.of(orderLines(2))));

    Taken taken = load(sealed);

    assertThat(taken.rows()).isEqualTo(Map.of("orders", 0L, "pages", 2L));
  }

  private Taken load(SealedPackage sealed) throws IOException {
    List<Taken> seen = new ArrayList<>();
    fixture
        .instance()
        .load(
            sealed,
            taken -> {
              seen.add(taken);
              return Fixture.commitRows(LOAD_ID, 1);
            },
            soon());
    return seen.get(0);
  }

  /** Ids of all load jobs into orders that were asked for. */
  private Set<String> jobs() {
    return fixture.strict.calls().stream()
        .filter(call -> call.kind() == CallKind.JOBS_INSERT_LOAD)
        .filter(call -> call.target().endsWith("orders"))
        .map(Call::jobId)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
