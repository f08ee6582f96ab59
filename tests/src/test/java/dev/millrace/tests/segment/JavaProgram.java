package dev.millrace.tests.segment;

import com.segment.analytics.Analytics;
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
import java.util.function.Consumer;

/** Sends every call of analytics-java, and a burst. Arguments: endpoint, write key, burst. */
final class JavaProgram {
  static final int CALLS = 6;

  private JavaProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    int burst = Integer.parseInt(arguments[2]);
    Settled settled = new Settled(CALLS + burst);
    Analytics analytics =
        Analytics.builder(arguments[1]).endpoint(arguments[0]).retries(2).callback(settled).build();
    send(analytics::enqueue, burst);
    analytics.flush();
    // The client's shutdown drops what it has not sent yet.
    settled.await();
    analytics.shutdown();
    System.out.println(settled);
  }

  static void send(Consumer<MessageBuilder<?, ?>> queue, int burst) {
    queue.accept(
        forUser(IdentifyMessage.builder().traits(Map.of("plan", "pro", "name", "Größe 日本 𝄞"))));
    queue.accept(
        forUser(TrackMessage.builder("Order Completed").properties(Map.of("total", 12.5))));
    queue.accept(forUser(PageMessage.builder("Checkout").properties(Map.of("path", "/checkout"))));
    queue.accept(forUser(ScreenMessage.builder("Home").properties(Map.of("tab", 1))));
    queue.accept(forUser(GroupMessage.builder("g-1").traits(Map.of("seats", 3))));
    queue.accept(forUser(AliasMessage.builder("a-0")));
    for (int number = 0; number < burst; number++) {
      queue.accept(
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
}
