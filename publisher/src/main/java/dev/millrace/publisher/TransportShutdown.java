package dev.millrace.publisher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Closes the transport once, on a thread of its own, so that a deadline holds whatever it does. */
final class TransportShutdown {
  private final Transport transport;
  private final AtomicReference<CompletableFuture<Void>> done = new AtomicReference<>();

  TransportShutdown(Transport transport) {
    this.transport = transport;
  }

  void within(Deadline deadline) {
    CompletableFuture<Void> fresh = new CompletableFuture<>();
    if (done.compareAndSet(null, fresh)) {
      Thread thread =
          new Thread(() -> close(deadline.remaining(), fresh), "millrace-publisher-close");
      thread.setDaemon(true);
      thread.start();
    }
    deadline.awaitAll(List.of(done.get()));
  }

  private void close(Duration timeout, CompletableFuture<Void> closed) {
    try {
      transport.close(timeout);
    } finally {
      closed.complete(null);
    }
  }
}
