package dev.millrace.publisher.pubsub;

import dev.millrace.publisher.ByteCount;
import dev.millrace.publisher.Transport;
import dev.millrace.publisher.TransportException;
import dev.millrace.publisher.batching.BatchLimits;
import dev.millrace.publisher.batching.EventBatch;
import dev.millrace.publisher.batching.EventBatcher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Packs events into few messages and sends those by another transport. */
final class PackingTransport implements Transport {
  private static final Duration DELAY = Duration.ofMillis(50);

  private final Transport messages;
  private final ScheduledThreadPoolExecutor timer;
  private final EventBatcher batcher;

  PackingTransport(Transport messages) {
    this.messages = messages;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "millrace-pack");
              thread.setDaemon(true);
              return thread;
            });
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.batcher =
        new EventBatcher(
            new BatchLimits(PackFormat.MAX_EVENTS, ByteCount.of(PackFormat.MAX_BYTES), 1, DELAY),
            timer,
            this::send);
  }

  @Override
  public CompletionStage<String> send(byte[] payload, Map<String, String> attributes) {
    return PackFormat.takes(payload)
        ? batcher.add(payload, attributes)
        : messages.send(payload, attributes);
  }

  private void send(EventBatch batch) {
    if (batch.size() == 1) {
      sendEach(batch);
      return;
    }
    try {
      messages
          .send(PackFormat.pack(batch.payloads()), PackFormat.marked(batch.attributes()))
          .whenComplete((id, failure) -> answered(batch, id, failure));
    } catch (RuntimeException | Error e) {
      // Every event must be accounted for, whatever the transport throws.
      batch.failed(e);
    }
  }

  private void answered(EventBatch batch, String id, Throwable failure) {
    if (failure == null) {
      batch.delivered(id);
    } else if (isRejected(failure)) {
      sendEach(batch);
    } else {
      batch.failed(failure);
    }
  }

  /** In messages of their own, so that the fault of one is not that of all. */
  private void sendEach(EventBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      int index = i;
      try {
        messages
            .send(batch.payloads().get(index), batch.attributes())
            .whenComplete(
                (id, failure) -> {
                  if (failure == null) {
                    batch.delivered(index, id);
                  } else {
                    batch.failed(index, failure);
                  }
                });
      } catch (RuntimeException | Error e) {
        batch.failed(index, e);
      }
    }
  }

  private static boolean isRejected(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TransportException known && known.isEventRejected();
  }

  @Override
  public void flush() {
    batcher.flush();
    messages.flush();
  }

  @Override
  public void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    // Where Google's client holds up a batch, only its end lets go of it.
    batcher.flush(timeout.dividedBy(2));
    timer.shutdownNow();
    messages.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }
}
