package dev.millrace.loader.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.ManualClock;
import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.PackageTable;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.packages.Part;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SchemaChangeTopic;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PackageCommitTest {
  private static final Schema SCHEMA =
      Schema.initial("millrace")
          .with(
              List.of(
                  new Table("orders", Map.of(), Map.of()),
                  new Table("orders__items", Map.of(), Map.of("parent", "orders"))));

  private static PackageCommit commit(long loadedEvents, long badRows) {
    return commit(loadedEvents, List.of(badPart(0, badRows)));
  }

  private static Part badPart(int number, long rows) {
    return new Part("packages/1.5/a1/_millrace_bad_events." + number + ".jsonl", rows, 1);
  }

  private static PackageCommit commit(long loadedEvents, List<Part> bad) {
    Manifest manifest =
        new Manifest(
            "1.5",
            "a1",
            "text",
            9,
            Map.of("orders", table(2), "orders__items", table(5)),
            bad,
            new Manifest.Counts(loadedEvents + 1, loadedEvents, 0, 1, bad.size() - 1),
            Map.of("malformed", 1L),
            Map.of(),
            Map.of(),
            new Manifest.SchemaVersion(1, "hash", 1, "schema.json"),
            List.of(),
            Instant.EPOCH,
            Instant.EPOCH);
    Packages packages = new Packages(new FakeStaging(new Faults()), () -> "a1");
    DltRows dlt = new DltRows("millrace", "telemetry", "duckdb");
    ManualClock clock = new ManualClock("2026-11-23T21:00:00Z");
    return new Commits(packages, dlt, SchemaChangeTopic.NONE, clock)
        .of(new BatchRef("landing", "a", 1), manifest, SCHEMA);
  }

  private static List<SystemRows> rows(PackageCommit commit, Map<String, Long> taken)
      throws IOException {
    return commit.rows(Warehouse.Taken.all(taken));
  }

  private static PackageTable table(long rows) {
    return new PackageTable(List.of("a"), rows, 10, List.of());
  }

  @Test
  void rows_countsAddUp_areAllTablesWithTheLoadLast() throws IOException {
    List<SystemRows> rows = rows(commit(2, 1), Map.of("orders", 2L, "orders__items", 5L));

    assertThat(rows)
        .extracting(SystemRows::table)
        .containsExactly(
            SystemTables.BATCHES,
            SystemTables.BAD_EVENTS,
            SystemTables.VERSION,
            SystemTables.PIPELINE_STATE,
            SystemTables.LOADS);
    assertThat(rows.get(1).locations())
        .containsExactly("memory:packages/1.5/a1/_millrace_bad_events.0.jsonl");
  }

  @Test
  void rows_ofBadEventsInSeveralParts_areWrittenAtOnce() throws IOException {
    List<SystemRows> rows =
        rows(
            commit(2, List.of(badPart(0, 1), badPart(1, 1))),
            Map.of("orders", 2L, "orders__items", 5L));

    assertThat(rows).filteredOn(each -> each.table().equals(SystemTables.BAD_EVENTS)).hasSize(1);
    assertThat(rows.get(1).locations()).hasSize(2);
    assertThat(rows.get(1).rows()).isEqualTo(2);
  }

  @Test
  void rows_withJobs_areInTheBatchsRow() throws IOException {
    List<SystemRows> rows =
        commit(2, 1)
            .rows(
                new Warehouse.Taken(
                    Map.of("orders", 2L, "orders__items", 5L),
                    Map.of("orders", List.of("job_0")),
                    List.of()));
    JsonNode batch = JsonMapper.shared().readTree(rows.get(0).lines());

    assertThat(batch.get("load_jobs").toString()).isEqualTo("{\"orders\":[\"job_0\"]}");
  }

  @Test
  void rows_warehouseTookFewer_isRefused() {
    assertThatThrownBy(() -> rows(commit(2, 1), Map.of("orders", 2L, "orders__items", 4L)))
        .hasMessageContaining("orders__items=5")
        .hasMessageContaining("orders__items=4");
  }

  @Test
  void rows_warehouseLeftATableOut_isRefused() {
    assertThatThrownBy(() -> rows(commit(2, 1), Map.of("orders", 2L)))
        .isInstanceOf(LoadException.class);
  }

  @Test
  void rows_otherRootRowsThanEvents_areRefused() {
    assertThatThrownBy(() -> rows(commit(3, 1), Map.of("orders", 2L, "orders__items", 5L)))
        .hasMessageContaining("3 loaded events, and 2 root rows");
  }

  @Test
  void rows_otherBadRowsThanBadEvents_areRefused() {
    assertThatThrownBy(() -> rows(commit(2, 2), Map.of("orders", 2L, "orders__items", 5L)))
        .hasMessageContaining("bad rows 2");
  }
}
