package dev.millrace.publisher.http;

import dev.millrace.publisher.TransportException;
import dev.millrace.publisher.batching.EventBatch;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The batches on their way: four requests at once, four more waiting, and then the sender waits.
 */
final class Requests {
  private static final int MOST_AT_ONCE = 4;
  private static final int MOST_WAITING = 4;

  private final HttpSettings settings;
  private final ScheduledExecutorService timer;
  private final Queue<EventBatch> waiting = new ArrayDeque<>();
  private final Set<Attempts> underWay = new HashSet<>();
  private boolean closed;

  Requests(HttpSettings settings, ScheduledExecutorService timer) {
    this.settings = settings;
    this.timer = timer;
  }

  /** Waits until another batch may come, or until the end. An interrupt ends the wait too. */
  synchronized void awaitRoom() {
    try {
      while (waiting.size() >= MOST_WAITING && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void add(EventBatch batch) {
    synchronized (this) {
      waiting.add(batch);
    }
    startNext();
  }

  private void startNext() {
    Attempts next;
    synchronized (this) {
      if (closed || underWay.size() >= MOST_AT_ONCE || waiting.isEmpty()) {
        return;
      }
      next = new Attempts(waiting.remove());
      underWay.add(next);
      notifyAll();
    }
    next.start();
  }

  private void ended(Attempts attempts) {
    synchronized (this) {
      underWay.remove(attempts);
      notifyAll();
    }
    startNext();
  }

  /** Waits for what is under way, then gives up the rest. */
  synchronized void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      long left = timeout.toNanos();
      while (!(waiting.isEmpty() && underWay.isEmpty()) && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closed = true;
    notifyAll();
    TransportException end = new TransportException("The transport is closed.", null);
    waiting.forEach(batch -> batch.failed(end));
    Set.copyOf(underWay).forEach(attempts -> attempts.batch.failed(end));
  }

  private boolean isClosed() {
    synchronized (this) {
      return closed;
    }
  }

  /** One batch, tried until the collector has it, refuses it, or time is up. */
  private final class Attempts {
    private final EventBatch batch;
    private final long deadlineNanos = System.nanoTime() + settings.timing().total().toNanos();
    private int failures;

    Attempts(EventBatch batch) {
      this.batch = batch;
    }

    void start() {
      try {
        settings
            .client()
            .sendAsync(request(), HttpResponse.BodyHandlers.ofString())
            .whenComplete(this::answered);
      } catch (RuntimeException e) {
        fail("Posting to " + settings + " failed: " + e, e);
      }
    }

    private HttpRequest request() {
      byte[] body = BatchBody.of(batch.payloads(), settings.clock().instant());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(settings.batchUri())
              .timeout(settings.timing().request())
              .header("Authorization", settings.authorization())
              .header("Content-Type", "application/json")
              .header("Content-Encoding", "gzip");
      if (failures > 0) {
        request.header("X-Retry-Count", Integer.toString(failures));
      }
      return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    }

    private void answered(HttpResponse<String> response, Throwable failure) {
      if (failure != null) {
        later("nobody answered: " + failure.getMessage(), pause());
        return;
      }
      Reply reply = Reply.of(response.statusCode(), response.body());
      if (reply instanceof Reply.Taken taken) {
        settle(taken);
      } else if (reply instanceof Reply.Later later) {
        later(later.detail(), RetryAfter.of(response.headers(), settings.clock(), pause()));
      } else {
        refuse(response.statusCode(), ((Reply.Refused) reply).detail());
      }
    }

    private void settle(Reply.Taken taken) {
      taken
          .refused()
          .forEach(
              (index, detail) -> {
                if (index >= 0 && index < batch.size()) {
                  batch.failed(
                      index,
                      TransportException.eventRejected(
                          "The collector at " + settings + " refuses the event: " + detail, null));
                }
              });
      batch.delivered("");
      ended(this);
    }

    private void refuse(int status, String detail) {
      if (status == 401 || status == 403) {
        fail(
            "The collector at " + settings + " doesn't know the write key (" + detail + ").", null);
      } else if (status == 404) {
        fail("There is no collector at " + settings + " (" + detail + ").", null);
      } else if (batch.size() == 1) {
        batch.failed(
            TransportException.eventRejected(
                "The collector at " + settings + " refuses the event: " + detail + ".", null));
        ended(this);
      } else {
        batch.halves().forEach(Requests.this::add);
        ended(this);
      }
    }

    private void later(String detail, Duration pause) {
      failures++;
      if (System.nanoTime() + pause.toNanos() - deadlineNanos > 0 || isClosed()) {
        fail("The collector at " + settings + " didn't take the event in time: " + detail, null);
        return;
      }
      try {
        timer.schedule(this::start, pause.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        fail("The transport was closed before the collector took the event: " + detail, null);
      }
    }

    private Duration pause() {
      return RetryAfter.backoff(settings.timing().firstPause(), failures);
    }

    private void fail(String sentence, Throwable cause) {
      batch.failed(new TransportException(sentence, cause));
      ended(this);
    }
  }
}
