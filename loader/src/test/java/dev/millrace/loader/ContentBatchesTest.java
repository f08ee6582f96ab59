package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.fakes.FakeState;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.ManualClock;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContentBatchesTest {
  private static final String SHA = "0f".repeat(32);

  private final FakeState state = new FakeState(new Faults());
  private final ManualClock clock = new ManualClock("2026-11-23T21:00:00.000001Z");
  private final ContentBatches batches = new ContentBatches(state, clock);

  @Test
  void batch_firstTime_takesTheClock() throws IOException {
    assertThat(batches.batch(SHA)).isEqualTo(BatchRef.ofContent(SHA, 1_795_467_600_000_001L));
  }

  @Test
  void batch_laterTime_isTheSameBatch() throws IOException {
    BatchRef first = batches.batch(SHA);
    clock.advance(Duration.ofDays(1));

    assertThat(batches.batch(SHA)).isEqualTo(first);
  }

  @Test
  void batch_whenAnotherProcessIsFaster_isTheOthers() throws IOException {
    ManualClock otherClock = new ManualClock("2026-11-23T20:00:00Z");
    state.beforeNextReplace(
        () -> {
          try {
            new ContentBatches(state, otherClock).batch(SHA);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    assertThat(batches.batch(SHA).generation()).isEqualTo(1_795_464_000_000_000L);
  }

  @Test
  void batch_whenStateIsDamaged_namesTheObject() throws IOException {
    state.replace("contents/" + SHA, new byte[] {1}, 0);

    assertThatThrownBy(() -> batches.batch(SHA))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("contents/" + SHA);
  }
}
