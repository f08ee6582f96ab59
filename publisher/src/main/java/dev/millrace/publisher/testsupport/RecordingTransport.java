package dev.millrace.publisher.testsupport;

import dev.millrace.publisher.Transport;
import dev.millrace.publisher.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker in memory: it takes every event, or none. */
final class RecordingTransport implements Transport {
  private final List<byte[]> payloads = new CopyOnWriteArrayList<>();
  private final boolean broken;

  RecordingTransport(boolean broken) {
    this.broken = broken;
  }

  List<byte[]> payloads() {
    return List.copyOf(payloads);
  }

  void clear() {
    payloads.clear();
  }

  @Override
  public CompletionStage<String> send(byte[] payload, Map<String, String> attributes) {
    if (broken) {
      return CompletableFuture.failedFuture(
          new TransportException("This publisher has no broker: it is a test's.", null));
    }
    payloads.add(payload);
    return CompletableFuture.completedFuture("recorded-" + payloads.size());
  }

  @Override
  public void flush() {
    // Nothing is held back.
    return;
  }

  @Override
  public void close(Duration timeout) {
    // There is nothing to let go of.
    return;
  }
}
