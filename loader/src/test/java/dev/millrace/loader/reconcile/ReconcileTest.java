package dev.millrace.loader.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.fakes.FakeLanding;
import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.FakeState;
import dev.millrace.loader.fakes.FakeTopics;
import dev.millrace.loader.fakes.FakeWarehouse;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.Faults.Moment;
import dev.millrace.loader.fakes.ManualClock;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.RowLine;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconcileTest {
  private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");
  private static final DltRows DLT = new DltRows("millrace", "telemetry", "duckdb");

  private final Faults faults = new Faults();
  private final FakeStaging staging = new FakeStaging(faults);
  private final FakeLanding landing = new FakeLanding(faults);
  private final FakeWarehouse warehouse = new FakeWarehouse(staging, faults);
  private final FakeTopics topics = new FakeTopics(faults);
  private final Reconcile reconcile =
      new Reconcile(
          new Ports(
              new BatchStore(landing, staging, new FakeState(faults)),
              warehouse,
              topics.noticeTopic(),
              topics.schemaChangeTopic()),
          Duration.ofDays(30),
          new ManualClock(NOW.toString()));

  private BatchRef object(String name, Duration age) {
    long generation = ChronoUnit.MICROS.between(Instant.EPOCH, NOW.minus(age));
    BatchRef batch = new BatchRef("landing", name, generation);
    landing.put(batch, new byte[1]);
    return batch;
  }

  private void loaded(BatchRef batch) throws IOException {
    warehouse.record(List.of(DLT.load(LoadId.of(batch), "hash", NOW)));
  }

  private void failed(BatchRef batch) throws IOException {
    RowLine row =
        new RowLine()
            .timestamp("recorded_at", NOW)
            .text("load_id", LoadId.of(batch))
            .text("state", "failed")
            .text("code", "object_unreadable")
            .text("detail", "nothing in it can be read");
    warehouse.record(
        List.of(new SystemRows(SystemTables.BATCHES, row.toBytes(), List.of(), 1, "k", null)));
  }

  @Test
  void run_someIsMissing_publishesItAgainOldestFirst() throws IOException {
    loaded(object("in", Duration.ofHours(1)));
    BatchRef failed = object("failed", Duration.ofHours(2));
    failed(failed);
    BatchRef late = object("late", Duration.ofHours(3));
    BatchRef later = object("later", Duration.ofHours(4));

    assertThat(reconcile.run())
        .isEqualTo(
            new ReconcileReport(
                4,
                1,
                1,
                List.of(
                    new ReconcileReport.Failure(
                        failed.toString(),
                        LoadId.of(failed),
                        "object_unreadable",
                        "nothing in it can be read")),
                2,
                0));
    assertThat(topics.notices).containsExactly(later, late);
  }

  @Test
  void run_objectsOnTheirWayOrAboutToGo_areNotLookedAt() throws IOException {
    object("young", Duration.ofMinutes(29));
    object("old", Duration.ofDays(30).plusSeconds(1));
    BatchRef edge = object("edge", Duration.ofMinutes(30));
    BatchRef lastDay = object("last day", Duration.ofDays(30));

    assertThat(reconcile.run().lookedAt()).isEqualTo(2);
    assertThat(topics.notices).containsExactly(lastDay, edge);
  }

  @Test
  void run_manyAreMissing_publishesAThousandAndTellsTheRest() throws IOException {
    List<BatchRef> objects = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      objects.add(object("n" + i, Duration.ofHours(1).plusSeconds(i)));
    }

    ReconcileReport report = reconcile.run();
    assertThat(report.republished()).isEqualTo(1_000);
    assertThat(report.leftOver()).isEqualTo(1_500);
    Collections.reverse(objects);
    assertThat(topics.notices).isEqualTo(objects.subList(0, 1_000));
    assertThat(faults.calls().stream().filter("warehouse.settled"::equals)).hasSize(3);
  }

  @Test
  void run_nothingThere_asksNothing() throws IOException {
    assertThat(reconcile.run()).isEqualTo(new ReconcileReport(0, 0, 0, List.of(), 0, 0));
    assertThat(faults.calls()).containsExactly("landing.list");
  }

  @Test
  void run_anyCallFails_throwsAndTheNextRunPublishesAll() throws IOException {
    for (int call = 0; call < 4; call++) {
      for (Moment moment : Moment.values()) {
        ReconcileTest other = new ReconcileTest();
        BatchRef first = other.object("first", Duration.ofHours(2));
        BatchRef second = other.object("second", Duration.ofHours(1));
        other.faults.failAt(call, moment, () -> new IOException("injected"));

        assertThatThrownBy(other.reconcile::run).hasMessage("injected");
        other.reconcile.run();
        assertThat(other.topics.notices).contains(first, second);
      }
    }
  }
}
