package dev.millrace.tests.segment;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.MessageBuilder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * Uses analytics-java as an app of Spring Boot does: one client, a bean, for all that send, each
 * call with the context of its web request, and shut down with the application's context.
 * Arguments: endpoint, write key, burst.
 */
final class SpringProgram {
  private SpringProgram() {}

  public static void main(String[] arguments) {
    AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
    application
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "application.properties",
                Map.of(
                    "segment.endpoint", arguments[0],
                    "segment.write-key", arguments[1],
                    "burst", arguments[2])));
    application.register(Telemetry.class);
    application.refresh();
    Settled settled = application.getBean(Settled.class);
    application.getBean(Shop.class).open();
    application.close();
    System.out.println(settled);
  }

  /** The beans that an app adds to use the client. */
  @Configuration(proxyBeanMethods = false)
  @Import(Shop.class)
  static class Telemetry {
    @Bean
    Settled settled(@Value("${burst}") int burst) {
      return new Settled(JavaProgram.CALLS + burst);
    }

    @Bean(destroyMethod = "shutdown")
    Analytics analytics(
        @Value("${segment.endpoint}") String endpoint,
        @Value("${segment.write-key}") String writeKey,
        Settled settled) {
      return Analytics.builder(writeKey).endpoint(endpoint).retries(2).callback(settled).build();
    }

    /** Ends before the client, whose shutdown drops what it has not sent yet. */
    @Bean(destroyMethod = "run")
    Runnable drain(Analytics analytics, Settled settled) {
      return () -> {
        analytics.flush();
        try {
          settled.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      };
    }
  }

  /** What sends. */
  static final class Shop {
    private final Analytics analytics;
    private final int burst;
    private final AtomicInteger requests = new AtomicInteger();

    Shop(Analytics analytics, @Value("${burst}") int burst) {
      this.analytics = analytics;
      this.burst = burst;
    }

    void open() {
      JavaProgram.send(this::answerARequest, burst);
    }

    private void answerARequest(MessageBuilder<?, ?> message) {
      message.context(
          Map.of(
              "ip",
              "192.0.2.7",
              "userAgent",
              "Mozilla/5.0",
              "request",
              Map.of("number", requests.incrementAndGet())));
      analytics.enqueue(message);
    }
  }
}
