package dev.millrace.cli.local;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.Loads;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.embedded.pubsub.EndpointListener;
import dev.millrace.loader.ports.BatchRef;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Prints a line for each batch that is finalised, loaded or in trouble. */
final class LoadNews implements EndpointListener, AutoCloseable {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long PATIENCE_SECONDS = 15;

  private final PrintWriter out;
  private final CompletableFuture<LocalDataset> dataset = new CompletableFuture<>();
  private final Set<BatchRef> inTrouble = ConcurrentHashMap.newKeySet();
  private final ExecutorService printer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "news");
            thread.setDaemon(true);
            return thread;
          });

  LoadNews(PrintWriter out) {
    this.out = out;
  }

  /** Where to look up what became of a batch; nothing is printed before. */
  void readFrom(LocalDataset read) {
    dataset.complete(read);
  }

  @Override
  public void finalised(BatchRef batch, long messages, long bytes) {
    print(batch, Counted.of(messages, "message") + ", " + Counted.bytes(bytes));
  }

  @Override
  public void delivered(BatchRef batch, int attempts) {
    inTrouble.remove(batch);
    printer.execute(() -> outcome(batch));
  }

  @Override
  public void deliveryFailed(BatchRef batch, int status, String reason) {
    if (inTrouble.add(batch)) {
      print(batch, "not loaded yet: " + reason + " It is tried until it is loaded.");
    }
  }

  /** Prints what is left. */
  @Override
  public void close() {
    printer.shutdown();
    try {
      printer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void outcome(BatchRef batch) {
    try {
      Optional<Loads.Batch> found =
          dataset.join().read(connection -> new Loads(connection).batch(batch.name()));
      line(batch, found.map(LoadNews::words).orElse("delivered"));
    } catch (Failure e) {
      line(batch, "loaded (" + e.getMessage() + ")");
    }
  }

  private static String words(Loads.Batch batch) {
    return batch.state().equals("loaded")
        ? "loaded: " + batch.account()
        : "can't be loaded: " + batch.detail();
  }

  private void print(BatchRef batch, String news) {
    printer.execute(
        () -> {
          dataset.join();
          line(batch, news);
        });
  }

  private void line(BatchRef batch, String news) {
    out.printf("%s  %s  %s%n", CLOCK.format(LocalTime.now()), batch.name(), news);
    out.flush();
  }
}
