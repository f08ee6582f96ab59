package dev.millrace.tests.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.PublisherBuilder;
import dev.millrace.publisher.SpoolSettings;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.publisher.pubsub.PubSubTransportBuilder;
import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.simulate.PulledSubscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Our publisher and Google's Pub/Sub emulator, with a network between them that fails. */
@Timeout(300)
@Tag("once")
class PublisherEmulatorTest {
  private static final String PROJECT = "publisher-test";
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int EVENTS = 20_000;
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private static PubSubEmulator emulator;

  @TempDir Path folder;
  private String topic;

  @BeforeAll
  static void startEmulator() throws Exception {
    emulator = PubSubEmulator.start();
  }

  @AfterAll
  static void stopEmulator() {
    emulator.close();
  }

  @BeforeEach
  void nameTopic() {
    topic = "events-" + TOPICS.incrementAndGet();
  }

  private PubSubTransportBuilder transport(String address) {
    return PubSubTransport.builder(PROJECT, topic).endpoint(address);
  }

  private static PublisherBuilder over(PubSubTransportBuilder transport) {
    return Publisher.builder(transport.build()).maxQueuedEvents(EVENTS);
  }

  private static void publish(Publisher publisher, int first, int count) {
    IntStream.range(first, first + count)
        .forEach(
            i ->
                publisher.publish(
                    Map.of("messageId", "m-" + i, "event", "e", "properties", Map.of("n", i))));
  }

  private static Set<String> ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "m-" + i)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> idsOf(List<String> payloads) {
    return payloads.stream()
        .map(payload -> JsonMapper.shared().readTree(payload).get("messageId").asString())
        .toList();
  }

  @Test
  void close_healthyBroker_all20000AreInTheTopic() throws Exception {
    try (PulledSubscription pulled =
        PulledSubscription.create(emulator.address(), PROJECT, topic)) {
      Publisher publisher = over(transport(emulator.address())).build();
      publish(publisher, 0, EVENTS);
      assertThat(publisher.close(PATIENCE))
          .isEqualTo(new DeliveryReport(EVENTS, EVENTS, Map.of(), Map.of(), 0, 0));
      assertThat(new TreeSet<>(idsOf(pulled.pull(EVENTS, PATIENCE)))).isEqualTo(ids(EVENTS));
    }
  }

  @Test
  void brokerThatIsAway_withoutSpool_closeReportsAll20000AsDroppedAndWhy() throws Exception {
    FaultyNetwork proxy = new FaultyNetwork(emulator.address());
    proxy.goAway();
    Publisher publisher = over(transport(proxy.address())).build();
    publish(publisher, 0, EVENTS);
    long start = System.nanoTime();
    DeliveryReport report = publisher.close(Duration.ofSeconds(3));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    assertThat(report)
        .isEqualTo(
            new DeliveryReport(
                EVENTS, 0, Map.of(Delivery.Reason.OUT_OF_TIME, (long) EVENTS), Map.of(), 0, 0));
  }

  @Test
  void brokerThatIsAway_withSpool_keeps20000OnDiskAndDeliversThemOnceEachAfterRestart()
      throws Exception {
    try (FaultyNetwork proxy = new FaultyNetwork(emulator.address());
        PulledSubscription pulled = PulledSubscription.create(emulator.address(), PROJECT, topic)) {
      proxy.goAway();
      Publisher first = over(transport(proxy.address())).spool(SpoolSettings.in(folder)).build();
      publish(first, 0, EVENTS);
      assertThat(first.close(Duration.ofSeconds(3)))
          .isEqualTo(new DeliveryReport(EVENTS, 0, Map.of(), Map.of(), EVENTS, 0));
      proxy.comeBack();
      Publisher second = over(transport(proxy.address())).spool(SpoolSettings.in(folder)).build();
      assertThat(second.close(PATIENCE))
          .isEqualTo(new DeliveryReport(EVENTS, EVENTS, Map.of(), Map.of(), 0, 0));
      List<String> arrived = idsOf(pulled.pull(EVENTS, PATIENCE));
      assertThat(arrived).hasSize(EVENTS);
      assertThat(new TreeSet<>(arrived)).isEqualTo(ids(EVENTS));
    }
  }

  @Test
  void networkThatCutsResetsAndDelays_losesNothing() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (FaultyNetwork proxy = new FaultyNetwork(emulator.address());
        PulledSubscription pulled = PulledSubscription.create(emulator.address(), PROJECT, topic)) {
      Publisher publisher =
          over(transport(proxy.address())).spool(SpoolSettings.in(folder)).build();
      for (int round = 0; round < 20; round++) {
        publish(publisher, round * 500, 500);
        switch (random.nextInt(4)) {
          case 0 -> proxy.cut();
          case 1 -> proxy.reset();
          case 2 -> proxy.delay(Duration.ofMillis(random.nextInt(20)));
          default -> {
            proxy.goAway();
            publisher.flush(Duration.ofMillis(random.nextInt(200)));
            proxy.comeBack();
          }
        }
        publisher.flush(Duration.ofMillis(random.nextInt(100)));
      }
      proxy.delay(Duration.ZERO);
      DeliveryReport report = publisher.close(PATIENCE);
      assertThat(report)
          .as("seed %d", seed)
          .isEqualTo(new DeliveryReport(10_000, 10_000, Map.of(), Map.of(), 0, 0));
      assertThat(new TreeSet<>(idsOf(pulled.pull(10_000, PATIENCE))))
          .as("seed %d", seed)
          .isEqualTo(ids(10_000));
    }
  }

  @Test
  void packedEvents_areFewMessagesThatHoldEveryEvent() throws Exception {
    try (PulledSubscription pulled =
        PulledSubscription.create(emulator.address(), PROJECT, topic)) {
      Publisher publisher = over(transport(emulator.address()).packed()).build();
      publish(publisher, 0, EVENTS);
      assertThat(publisher.close(PATIENCE).delivered()).isEqualTo(EVENTS);
      assertThat(pulled.pull(1, PATIENCE)).hasSizeLessThan(EVENTS / 50);
    }
  }

  @Test
  void missingTopic_isSaidWithTheCommandThatCreatesIt() {
    Publisher publisher = over(transport(emulator.address())).build();
    AtomicInteger told = new AtomicInteger();
    publisher
        .track("e")
        .delivery()
        .thenAccept(
            delivery -> {
              if (delivery instanceof Delivery.Dropped dropped
                  && dropped.detail().contains("gcloud pubsub topics create " + topic)) {
                told.incrementAndGet();
              }
            });
    publisher.close(PATIENCE);
    assertThat(told).hasValue(1);
  }
}
