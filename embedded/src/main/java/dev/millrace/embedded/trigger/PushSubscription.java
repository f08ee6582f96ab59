package dev.millrace.embedded.trigger;

import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Pushes the outbox's notices to an address until each got a 2xx. Offered ones are tried at once;
 * failed ones again after a backoff, without end; what is left at {@link #close} stays in the
 * outbox. Thread-safe.
 */
public final class PushSubscription {
  private static final System.Logger LOG = System.getLogger(PushSubscription.class.getName());

  private final PushSettings settings;
  private final Outbox outbox;
  private final LandingFolder landing;
  private final DeliveryListener listener;
  private final PushBody body = new PushBody();
  private final HttpClient http;
  private final ScheduledThreadPoolExecutor deliveries;
  private final Object settled = new Object();
  private int outstanding;

  public PushSubscription(
      PushSettings settings, Outbox outbox, LandingFolder landing, DeliveryListener listener) {
    this.settings = settings;
    this.outbox = outbox;
    this.landing = landing;
    this.listener = listener;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    // One thread is one open request, so the pool's size is the limit.
    this.deliveries =
        new ScheduledThreadPoolExecutor(
            settings.openDeliveries(), task -> new Thread(task, "push"));
  }

  /** Has the outbox's notice of that key delivered. Its object must be finalised. */
  public void offer(String key) {
    synchronized (settled) {
      outstanding++;
    }
    submit(key, 0, Duration.ZERO);
  }

  /**
   * Waits until every offered notice is delivered, at most {@code patience}, then stops.
   *
   * @return how many are left in the outbox, to be offered after the next start
   */
  public int close(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      synchronized (settled) {
        long leftNanos = deadline - System.nanoTime();
        while (outstanding > 0 && leftNanos > 0) {
          TimeUnit.NANOSECONDS.timedWait(settled, leftNanos);
          leftNanos = deadline - System.nanoTime();
        }
        return outstanding;
      }
    } finally {
      deliveries.shutdownNow();
    }
  }

  private void submit(String key, int failures, Duration wait) {
    try {
      deliveries.schedule(
          () -> attempt(key, failures), Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "Closed: the notice {0} stays in the outbox.", key);
    }
  }

  private void attempt(String key, int failures) {
    boolean done = false;
    try {
      done = deliver(key, failures + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      // Errors too, such as a broken class path's: this thread's owner would swallow them, and the
      // notice would wait in silence for the next start.
      LOG.log(System.Logger.Level.ERROR, "The notice " + key + " can't be delivered now.", e);
    }
    if (done) {
      synchronized (settled) {
        outstanding--;
        settled.notifyAll();
      }
    } else {
      submit(
          key,
          failures + 1,
          settings.backoff().afterFailures(failures + 1, ThreadLocalRandom.current()));
    }
  }

  /** Whether there is nothing more to do for this notice. */
  private boolean deliver(String key, int attempt) throws IOException, InterruptedException {
    Optional<Notice> read = outbox.read(key);
    if (read.isEmpty()) {
      return true;
    }
    Notice notice = read.get();
    Optional<BatchRef> finalised = landing.reference(notice.object().name());
    if (finalised.isEmpty()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The notice {0} is about {1}, which was never finalised here. It stays in the outbox.",
          key,
          notice.object().name());
      return true;
    }
    BatchRef batch = finalised.get();
    int status;
    try {
      status = post(body.of(notice, batch, settings.subscription()));
    } catch (IOException e) {
      listener.deliveryFailed(batch, 0, sentenceFor(e));
      return false;
    }
    if (status / 100 != 2) {
      listener.deliveryFailed(batch, status, settings.target() + " answered " + status + ".");
      return false;
    }
    outbox.remove(key);
    listener.delivered(batch, attempt);
    return true;
  }

  private int post(byte[] content) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(settings.target())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String sentenceFor(IOException e) {
    if (e instanceof ConnectException) {
      return "Nothing listens at " + settings.target() + ".";
    }
    if (e instanceof HttpTimeoutException) {
      return settings.target() + " gave no answer within " + settings.timeout() + ".";
    }
    return "The request to " + settings.target() + " failed: " + e;
  }
}
