package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.fakes.Faults.Moment;
import dev.millrace.loader.settings.Periods;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that an earlier batch has brought. */
class DeduplicationTest {
  private static final String SECOND =
      """
      {"event": "Order Completed", "messageId": "1", "total": 12, "products": [{"sku": "a"}]}
      {"event": "Order Completed", "messageId": "7", "total": 1, "fresh": true}
      {"event": "Order Completed", "messageId": "2", "surplus": 1}
      """;

  private static World world(Duration time) {
    World world = new World();
    world.settings = world.settings.withPeriods(new Periods(Duration.ofDays(30), null, time));
    world.load(world.put("a", LoaderTest.EVENTS));
    return world;
  }

  private static LoadReport second(World world) {
    return ((Loaded) world.load(world.put("b", SECOND))).report();
  }

  @Test
  void load_eventsOfAnEarlierBatch_areDuplicates() {
    World world = world(Duration.ofDays(30));

    assertThat(second(world).events()).isEqualTo(new LoadReport.Events(3, 1, 2, 0));
    assertThat(world.warehouse.rows("order_completed")).hasSize(3);
    assertThat(world.warehouse.rows("order_completed__products")).hasSize(1);
  }

  @Test
  void load_eventsOfAnEarlierBatch_changeNoSchema() {
    World world = world(Duration.ofDays(30));

    assertThat(second(world).changes()).singleElement().extracting("column").isEqualTo("fresh");
  }

  @Test
  void load_eventsOfAnEarlierTime_areLoaded() {
    World world = world(Duration.ofHours(1));

    assertThat(second(world).events()).isEqualTo(new LoadReport.Events(3, 3, 0, 0));
  }

  @Test
  void load_unlessItIsSet_asksNothing() {
    World world = world(null);
    LoadReport report = second(world);

    assertThat(report.duplicate()).isZero();
    assertThat(world.faults.calls()).doesNotContain("warehouse.present");
    assertThat(report.times().steps()).doesNotContainKey("deduplicate");
  }

  @Test
  void load_noEvents_asksNothing() {
    World world = world(Duration.ofDays(30));
    int before = world.faults.calls().size();
    world.load(world.put("b", "{broken"));

    List<String> calls = world.faults.calls();
    assertThat(calls.subList(before, calls.size())).doesNotContain("warehouse.present");
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void load_eventsOfAnEarlierBatchAndAnyCallFails_isTheSame(Moment moment) {
    World calm = world(Duration.ofDays(30));
    int before = calm.faults.calls().size();
    second(calm);
    for (int call = before; call < calm.faults.calls().size(); call++) {
      World world = world(Duration.ofDays(30));
      world.faults.failAt(call, moment, () -> new IOException("injected"));

      assertThat(world.load(world.put("b", SECOND)))
          .isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
      assertThat(world.rows())
          .as("call %d, %s", call, calm.faults.calls().get(call))
          .isEqualTo(calm.rows());
    }
  }
}
