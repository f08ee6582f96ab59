package dev.millrace.loader.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.FakeWarehouse;
import dev.millrace.loader.fakes.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EarlierEventsTest {
  private final Faults faults = new Faults();
  private final FakeWarehouse warehouse = new FakeWarehouse(new FakeStaging(faults), faults);

  private EarlierEvents events(int ids, int maxIds) {
    EarlierEvents events = new EarlierEvents(warehouse, "1.5", Instant.EPOCH, maxIds);
    events.begin();
    for (int i = 0; i < ids; i++) {
      byte[] id = ("id" + i).getBytes(StandardCharsets.UTF_8);
      events.rootId("orders", id, 0, id.length);
    }
    return events;
  }

  @Test
  void found_moreEventsThanAreLookedUp_asksNothingAndCountsThem() throws IOException {
    EarlierEvents events = events(4, 3);

    assertThat(events.found()).isFalse();
    assertThat(events.skipped()).isEqualTo(4);
    assertThat(faults.calls()).isEmpty();
  }

  @Test
  void found_asManyAsAreLookedUp_asksOnce() throws IOException {
    EarlierEvents events = events(3, 3);

    assertThat(events.found()).isFalse();
    assertThat(events.found()).isFalse();
    assertThat(events.skipped()).isZero();
    assertThat(faults.calls()).containsExactly("warehouse.present");
  }
}
