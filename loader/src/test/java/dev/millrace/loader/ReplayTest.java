package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.Faults.Moment;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.replay.LandingArchive;
import dev.millrace.loader.replay.LoadQuota;
import dev.millrace.loader.replay.Replay;
import dev.millrace.loader.replay.ReplayListener;
import dev.millrace.loader.replay.ReplayPlan;
import dev.millrace.loader.replay.ReplayReport;
import dev.millrace.loader.replay.Selection;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {
  private final World world = new World();

  private static List<BatchRef> fill(World world, int batches) {
    List<BatchRef> filled = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      filled.add(
          world.put(
              "batch" + i,
              "{\"event\": \"e\", \"messageId\": \"%d\", \"items\": [{\"n\": %d}]}\n{bad"
                  .formatted(i, i)));
    }
    return filled;
  }

  private static ReplayReport replay(World world, Selection selection, ReplayPlan plan)
      throws IOException {
    return new Replay(world.warehouse, plan, LoadQuota.none(), ReplayListener.NONE)
        .run(new LandingArchive(world.landing, selection, world.loader()));
  }

  private ReplayReport replay(Selection selection) throws IOException {
    return replay(world, selection, ReplayPlan.ofAll(1));
  }

  @Test
  void run_someAreLoadedBefore_everyEventIsThereOnce() throws IOException {
    List<BatchRef> batches = fill(world, 200);
    batches.subList(50, 110).forEach(world::load);
    World calm = new World();
    fill(calm, 200).forEach(calm::load);

    ReplayReport report = replay(world, Selection.ALL, ReplayPlan.ofAll(8));

    assertThat(report)
        .isEqualTo(
            new ReplayReport(
                200,
                60,
                140,
                new ReplayReport.Events(280, 140, 0, 140),
                0,
                List.of(),
                0,
                List.of()));
    assertThat(world.warehouse.rows("e")).hasSize(200);
    assertThat(world.warehouse.rows("e"))
        .extracting(row -> row.get("_dlt_id").asString())
        .doesNotHaveDuplicates();
    assertThat(world.warehouse.rows("_dlt_loads")).hasSize(200);
  }

  @Test
  void run_everythingIsIn_loadsNothing_alsoWhereTheWarehouseForgotItsJobs() throws IOException {
    fill(world, 5).forEach(world::load);
    world.warehouse.answerUnasked();
    int calls = world.faults.calls().size();

    assertThat(replay(Selection.ALL).before()).isEqualTo(5);
    assertThat(world.faults.calls().subList(calls, world.faults.calls().size()))
        .containsExactly("landing.list", "landing.list", "warehouse.settled");
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void run_diesAtAnyCall_theNextRunFinishes(Moment moment) throws IOException {
    World calm = new World();
    calm.load(fill(calm, 3).get(1));
    int first = calm.faults.calls().size();
    replay(calm, Selection.ALL, ReplayPlan.ofAll(1));
    for (int call = first; call < calm.faults.calls().size(); call++) {
      World other = new World();
      other.load(fill(other, 3).get(1));
      other.faults.failAt(call, moment, () -> new Faults.Crash("killed"));
      try {
        replay(other, Selection.ALL, ReplayPlan.ofAll(1));
      } catch (Faults.Crash e) {
        assertThat(replay(other, Selection.ALL, ReplayPlan.ofAll(1)).isComplete()).isTrue();
      }
      assertThat(other.rows())
          .as("call %d, %s", call, calm.faults.calls().get(call))
          .isEqualTo(calm.rows());
    }
  }

  @RepeatedTest(10)
  void run_callsFailByChance_andRunsAreRepeated_eachBatchIsLoadedOnce(RepetitionInfo repetition)
      throws IOException {
    long seed = repetition.getCurrentRepetition();
    fill(world, 30).subList(0, 9).forEach(world::load);
    world.faults.failByChance(new Random(seed), 0.1);
    boolean complete = false;
    while (!complete) {
      try {
        complete = replay(world, Selection.ALL, ReplayPlan.ofAll(4)).isComplete();
      } catch (IOException e) {
        complete = false;
      }
    }

    assertThat(world.warehouse.rows("e")).as("seed %d", seed).hasSize(30);
    assertThat(world.warehouse.rows("_dlt_loads")).as("seed %d", seed).hasSize(30);
  }

  @Test
  void run_theWarehouseRefusesUs_endsAtOnceAndSaysSo() throws IOException {
    fill(world, 20);
    world.faults.failAlways(
        "warehouse.load", () -> new LoadException(LoadError.ACCESS_DENIED, "no right"));

    ReplayReport report = replay(Selection.ALL);

    assertThat(report.left()).isEqualTo(20);
    assertThat(report.leftovers().get(0).detail()).isEqualTo("no right");
    assertThat(report.leftovers().get(19).detail()).isEqualTo("not tried, for: no right");
    assertThat(world.faults.calls().stream().filter("warehouse.load"::equals)).hasSize(1);
  }

  @Test
  void run_aBatchFailedForGood_isTriedAgainIfItIsWanted() throws IOException {
    BatchRef batch = world.put("a", new byte[] {0x1f, (byte) 0x8b, 0, 0});
    world.load(batch);

    ReplayReport left = replay(world, Selection.ALL, ReplayPlan.ofMissing(1));
    assertThat(left.failures())
        .containsExactly(
            new ReplayReport.NotIn(
                "a", LoadId.of(batch), "object_unreadable", left.failures().get(0).detail()));
    world.put("a", "{\"event\": \"e\"}");
    assertThat(replay(Selection.ALL).loaded()).isEqualTo(1);
  }

  @Test
  void run_ofASelection_leavesTheOthers() throws IOException {
    BatchRef early = new BatchRef("landing", "2026/a", 1_000_000_000L * 1_000_000);
    BatchRef late = new BatchRef("landing", "2026/b", 1_000_000_060L * 1_000_000);
    BatchRef other = new BatchRef("landing", "2027/c", 1_000_000_060L * 1_000_000);
    List.of(early, late, other)
        .forEach(batch -> world.landing.put(batch, "{\"event\": \"e\"}".getBytes()));
    Instant then = Instant.ofEpochSecond(1_000_000_060);

    assertThat(replay(new Selection("2026/", then, Instant.MAX, Set.of())).lookedAt()).isEqualTo(1);
    assertThat(replay(new Selection("", Instant.MIN, then, Set.of())).loaded()).isEqualTo(1);
    assertThat(
            replay(new Selection("", Instant.MIN, Instant.MAX, Set.of(LoadId.of(other)))).loaded())
        .isEqualTo(1);
    assertThat(world.warehouse.rows("_dlt_loads")).hasSize(3);
  }
}
