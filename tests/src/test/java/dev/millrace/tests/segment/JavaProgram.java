package dev.millrace.tests.segment;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.MessageBuilder;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends every call of analytics-java, and a burst, as a Spring bean would: one client for the life
 * of the program, shut down at its end. Arguments: endpoint, write key, burst.
 */
final class JavaProgram {
  private static final int CALLS = 6;
  private static final int PATIENCE_SECONDS = 60;

  private JavaProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    int burst = Integer.parseInt(arguments[2]);
    Settled settled = new Settled(CALLS + burst);
    Analytics analytics =
        Analytics.builder(arguments[1]).endpoint(arguments[0]).retries(2).callback(settled).build();
    send(analytics, burst);
    analytics.flush();
    // The client's shutdown drops what it has not sent yet.
    settled.latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    analytics.shutdown();
    System.out.printf("succeeded=%d failed=%d%n", settled.succeeded.get(), settled.failed.get());
  }

  private static void send(Analytics analytics, int burst) {
    analytics.enqueue(
        forUser(IdentifyMessage.builder().traits(Map.of("plan", "pro", "name", "Größe 日本 𝄞"))));
    analytics.enqueue(
        forUser(TrackMessage.builder("Order Completed").properties(Map.of("total", 12.5))));
    analytics.enqueue(
        forUser(PageMessage.builder("Checkout").properties(Map.of("path", "/checkout"))));
    analytics.enqueue(forUser(ScreenMessage.builder("Home").properties(Map.of("tab", 1))));
    analytics.enqueue(forUser(GroupMessage.builder("g-1").traits(Map.of("seats", 3))));
    analytics.enqueue(forUser(AliasMessage.builder("a-0")));
    for (int number = 0; number < burst; number++) {
      analytics.enqueue(
          TrackMessage.builder("Burst")
              .anonymousId("a-1")
              .properties(
                  Map.of(
                      "number",
                      number,
                      "text",
                      "Größe " + number + " 日本 𝄞",
                      "nested",
                      Map.of("deep", Map.of("er", number)),
                      "list",
                      List.of(number, number + 1))));
    }
  }

  private static <T extends Message, V extends MessageBuilder<T, V>> V forUser(V builder) {
    return builder.userId("u-1");
  }

  private static final class Settled implements Callback {
    private final AtomicInteger succeeded = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final CountDownLatch latch;

    private Settled(int messages) {
      latch = new CountDownLatch(messages);
    }

    @Override
    public void success(Message message) {
      succeeded.incrementAndGet();
      latch.countDown();
    }

    @Override
    public void failure(Message message, Throwable throwable) {
      failed.incrementAndGet();
      latch.countDown();
    }
  }
}
