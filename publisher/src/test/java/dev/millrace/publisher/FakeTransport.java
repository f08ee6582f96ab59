package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A broker in memory that answers as a test wants: at once, never, late or with a failure. */
final class FakeTransport implements Transport {
  final List<String> sent = new CopyOnWriteArrayList<>();
  final List<Map<String, String>> attributes = new CopyOnWriteArrayList<>();
  final List<Thread> threads = new CopyOnWriteArrayList<>();
  final List<CompletableFuture<String>> answers = new CopyOnWriteArrayList<>();
  final CountDownLatch flushed = new CountDownLatch(1);
  final CountDownLatch closed = new CountDownLatch(1);
  private final Function<String, CompletableFuture<String>> behaviour;
  private final CountDownLatch closeMayEnd;
  private Runnable whenClosed = () -> {};

  private FakeTransport(
      Function<String, CompletableFuture<String>> behaviour, CountDownLatch closeMayEnd) {
    this.behaviour = behaviour;
    this.closeMayEnd = closeMayEnd;
  }

  static FakeTransport answering() {
    return with(payload -> CompletableFuture.completedFuture("id-" + payload.hashCode()));
  }

  /** Answers when the test completes {@link #answers}. */
  static FakeTransport silent() {
    return with(payload -> new CompletableFuture<>());
  }

  static FakeTransport with(Function<String, CompletableFuture<String>> behaviour) {
    return new FakeTransport(behaviour, new CountDownLatch(0));
  }

  /** As Google's client may be: closing never ends. */
  static FakeTransport hangingInClose() {
    return new FakeTransport(payload -> new CompletableFuture<>(), new CountDownLatch(1));
  }

  FakeTransport whenClosed(Runnable step) {
    whenClosed = step;
    return this;
  }

  @Override
  public CompletionStage<String> send(byte[] payload, Map<String, String> messageAttributes) {
    String text = new String(payload, StandardCharsets.UTF_8);
    CompletableFuture<String> answer = behaviour.apply(text);
    sent.add(text);
    attributes.add(messageAttributes);
    threads.add(Thread.currentThread());
    answers.add(answer);
    return answer;
  }

  @Override
  public void flush() {
    flushed.countDown();
  }

  @Override
  public void close(Duration timeout) {
    closed.countDown();
    whenClosed.run();
    try {
      closeMayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
