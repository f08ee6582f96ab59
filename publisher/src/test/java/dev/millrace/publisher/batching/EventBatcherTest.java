package dev.millrace.publisher.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.ByteCount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventBatcherTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final BlockingQueue<EventBatch> handedOn = new LinkedBlockingQueue<>();

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  private EventBatcher batcher(int maxEvents, long maxBytes, Duration delay) {
    return new EventBatcher(
        new BatchLimits(maxEvents, ByteCount.of(maxBytes), 1, delay), timer, handedOn::add);
  }

  private List<Integer> sizes() {
    return handedOn.stream().map(EventBatch::size).toList();
  }

  @Test
  void batch_isHandedOnWhenItHasEnoughEvents() {
    EventBatcher batcher = batcher(3, 1_000, NEVER);
    for (int i = 0; i < 7; i++) {
      batcher.add(new byte[1], Map.of());
    }
    assertThat(sizes()).containsExactly(3, 3);
  }

  @Test
  void batch_neverHasMoreBytesThanItMay_theExtraOnesCounted() {
    EventBatcher batcher = batcher(100, 22, NEVER);
    for (int i = 0; i < 5; i++) {
      batcher.add(new byte[10], Map.of());
    }
    batcher.flush();
    assertThat(sizes()).containsExactly(2, 2, 1);
  }

  @Test
  void eventLargerThanABatch_travelsAlone() {
    EventBatcher batcher = batcher(100, 5, NEVER);
    batcher.add(new byte[1], Map.of());
    batcher.add(new byte[10], Map.of());
    batcher.add(new byte[1], Map.of());
    batcher.flush();
    assertThat(sizes()).containsExactly(1, 1, 1);
  }

  @Test
  void batch_isHandedOnWhenItsFirstEventHasWaited() throws Exception {
    batcher(100, 1_000, Duration.ofMillis(1)).add(new byte[1], Map.of());
    assertThat(handedOn.poll(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void unlikeAttributes_endABatch() {
    EventBatcher batcher = batcher(100, 1_000, NEVER);
    batcher.add(new byte[1], Map.of("k", "a"));
    batcher.add(new byte[1], Map.of("k", "b"));
    batcher.flush();
    assertThat(handedOn)
        .extracting(EventBatch::attributes)
        .containsExactly(Map.of("k", "a"), Map.of("k", "b"));
  }

  @Test
  void halves_keepEachEventsPromise() throws Exception {
    EventBatcher batcher = batcher(100, 1_000, NEVER);
    CompletionStage<String> first = batcher.add(new byte[] {1}, Map.of());
    CompletionStage<String> second = batcher.add(new byte[] {2}, Map.of());
    batcher.add(new byte[] {3}, Map.of());
    batcher.flush();
    List<EventBatch> halves = handedOn.take().halves();
    halves.get(0).delivered("a");
    halves.get(1).delivered(0, "b");
    assertThat(first.toCompletableFuture().get()).isEqualTo("a");
    assertThat(second.toCompletableFuture().get()).isEqualTo("b");
    assertThat(halves.get(1).size()).isEqualTo(2);
  }

  @Test
  void flushWithPatience_endsWhileAnotherBatchIsHeldUp() throws Exception {
    CountDownLatch heldUp = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    EventBatcher batcher =
        new EventBatcher(
            new BatchLimits(1, ByteCount.of(100), 1, NEVER),
            timer,
            batch -> {
              heldUp.countDown();
              try {
                mayEnd.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Thread stuck = new Thread(() -> batcher.add(new byte[1], Map.of()));
    stuck.start();
    heldUp.await();
    batcher.flush(Duration.ofMillis(10));
    assertThat(stuck.isAlive()).isTrue();
    mayEnd.countDown();
    stuck.join();
  }
}
