package dev.millrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublisherTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static PublisherBuilder over(FakeTransport transport) {
    return Publisher.builder(transport)
        .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
        .messageIds(() -> "m-1");
  }

  private static Delivery deliveryOf(Publication publication) throws Exception {
    return publication.delivery().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static Outcome.Reason refusalOf(Publication publication) {
    return ((Outcome.Refused) publication.outcome()).reason();
  }

  @Test
  void track_writesSegmentsForm_withIdAndTimeOfTheCall() {
    FakeTransport transport = FakeTransport.answering();
    try (Publisher publisher = over(transport).build()) {
      publisher.track("Order Completed", Map.of("total", 12));
    }
    assertThat(transport.sent)
        .containsExactly(
            "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"total\":12},"
                + "\"messageId\":\"m-1\",\"timestamp\":\"2026-01-02T03:04:05Z\"}");
  }

  @Test
  void track_withoutName_isRefused() {
    try (Publisher publisher = over(FakeTransport.answering()).build()) {
      assertThat(refusalOf(publisher.track(" ", null))).isEqualTo(Outcome.Reason.INVALID);
    }
  }

  @Test
  void publish_keepsTheAppsOwnIdAndTimestamp() {
    FakeTransport transport = FakeTransport.answering();
    try (Publisher publisher = over(transport).build()) {
      Publication publication =
          publisher.publish(new java.util.TreeMap<>(Map.of("messageId", "mine", "timestamp", "t")));
      assertThat(publication.messageId()).isEqualTo("mine");
    }
    assertThat(transport.sent).containsExactly("{\"messageId\":\"mine\",\"timestamp\":\"t\"}");
  }

  @Test
  void publish_whenTheMapChangesLater_sendsWhatItWas() {
    FakeTransport transport = FakeTransport.answering();
    Map<String, Object> event = new HashMap<>(Map.of("a", 1, "messageId", "m", "timestamp", "t"));
    try (Publisher publisher = over(transport).build()) {
      publisher.publish(event);
      event.put("a", 2);
    }
    assertThat(transport.sent).singleElement().asString().contains("\"a\":1");
  }

  @Test
  void publish_badValue_isRefusedWithItsPlaceAndIsNotThrown() {
    try (Publisher publisher = over(FakeTransport.answering()).build()) {
      Publication publication = publisher.track("e", Map.of("job", new Thread()));
      assertThat(publication.outcome())
          .isEqualTo(
              new Outcome.Refused(
                  Outcome.Reason.INVALID,
                  "properties.job is a java.lang.Thread, which is not a value that events can"
                      + " have."));
    }
  }

  @Test
  void publish_eventOverTheLimit_isRefusedWithSizeAndLimit() {
    try (Publisher publisher = over(FakeTransport.answering()).build()) {
      Publication publication = publisher.track("e", Map.of("text", "x".repeat(1 << 20)));
      assertThat(((Outcome.Refused) publication.outcome()).detail())
          .isEqualTo("The event has 1048682 bytes; an event may have 1048576.");
    }
  }

  @Test
  void publishRaw_sendsTheBytesAsTheyAre() {
    FakeTransport transport = FakeTransport.answering();
    try (Publisher publisher = over(transport).build()) {
      publisher.publishRaw("{not json".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(transport.sent).containsExactly("{not json");
  }

  @Test
  void publishRaw_atTheLimit_isAccepted() {
    try (Publisher publisher = over(FakeTransport.answering()).build()) {
      assertThat(publisher.publishRaw(new byte[Publisher.MAX_EVENT_BYTES]).isAccepted()).isTrue();
    }
  }

  @Test
  void delivery_whenTheBrokerAnswers_hasItsId() throws Exception {
    FakeTransport transport = FakeTransport.with(p -> CompletableFuture.completedFuture("77"));
    try (Publisher publisher = over(transport).build()) {
      assertThat(deliveryOf(publisher.track("e", null))).isEqualTo(new Delivery.Delivered("77"));
    }
  }

  @Test
  void delivery_whenTheBrokerFails_isDroppedWithTheSentence() throws Exception {
    FakeTransport transport =
        FakeTransport.with(
            p -> CompletableFuture.failedFuture(new TransportException("No such topic.", null)));
    try (Publisher publisher = over(transport).build()) {
      assertThat(deliveryOf(publisher.track("e", null)))
          .isEqualTo(new Delivery.Dropped(Delivery.Reason.NOT_DELIVERED, "No such topic."));
    }
  }

  @Test
  void delivery_whenTheTransportThrows_isDroppedAndTheNextIsDelivered() throws Exception {
    FakeTransport transport =
        FakeTransport.with(
            payload -> {
              if (payload.equals("bad")) {
                throw new IllegalStateException("injected");
              }
              return CompletableFuture.completedFuture("1");
            });
    try (Publisher publisher = over(transport).build()) {
      Publication bad = publisher.publishRaw(new byte[] {'b', 'a', 'd'});
      Publication good = publisher.publishRaw(new byte[] {'o', 'k'});
      assertThat(deliveryOf(bad)).isInstanceOf(Delivery.Dropped.class);
      assertThat(deliveryOf(good)).isEqualTo(new Delivery.Delivered("1"));
    }
  }

  @Test
  void publish_whenAsManyWaitAsMay_isRefusedUntilTheBrokerAnswers() throws Exception {
    FakeTransport transport = FakeTransport.silent();
    Publisher publisher = over(transport).maxQueuedEvents(1).build();
    Publication first = publisher.publishRaw(new byte[1]);
    assertThat(refusalOf(publisher.publishRaw(new byte[1]))).isEqualTo(Outcome.Reason.QUEUE_FULL);
    publisher.flush(SHORT);
    transport.answers.get(0).complete("1");
    deliveryOf(first);
    assertThat(publisher.publishRaw(new byte[1]).isAccepted()).isTrue();
    publisher.close(Duration.ZERO);
  }

  @Test
  void publish_whenAsManyBytesWaitAsMay_isRefused() {
    Publisher publisher = over(FakeTransport.silent()).maxQueuedBytes(ByteCount.of(100)).build();
    assertThat(publisher.publishRaw(new byte[60]).isAccepted()).isTrue();
    assertThat(refusalOf(publisher.publishRaw(new byte[60]))).isEqualTo(Outcome.Reason.QUEUE_FULL);
    publisher.close(Duration.ZERO);
  }

  @Test
  void publish_whenFullAndBlocking_waitsForTheBroker() throws Exception {
    FakeTransport transport = FakeTransport.silent();
    Publisher publisher =
        over(transport).maxQueuedEvents(1).whenFull(WhenFull.blockUpTo(LONG)).build();
    publisher.publishRaw(new byte[1]);
    CompletableFuture<Publication> second =
        CompletableFuture.supplyAsync(() -> publisher.publishRaw(new byte[1]));
    publisher.flush(SHORT);
    assertThat(second).isNotDone();
    transport.answers.get(0).complete("1");
    assertThat(second.get(30, TimeUnit.SECONDS).isAccepted()).isTrue();
    publisher.close(Duration.ZERO);
  }

  @Test
  void publish_whenFullAndBlocking_isRefusedWhenPatienceEnds() {
    Publisher publisher =
        over(FakeTransport.silent())
            .maxQueuedEvents(1)
            .whenFull(WhenFull.blockUpTo(Duration.ofMillis(20)))
            .build();
    publisher.publishRaw(new byte[1]);
    assertThat(refusalOf(publisher.publishRaw(new byte[1]))).isEqualTo(Outcome.Reason.QUEUE_FULL);
    publisher.close(Duration.ZERO);
  }

  @Test
  void publish_whenBlockedAndInterrupted_isRefusedAndTheInterruptStays() {
    Publisher publisher =
        over(FakeTransport.silent()).maxQueuedEvents(1).whenFull(WhenFull.blockUpTo(LONG)).build();
    publisher.publishRaw(new byte[1]);
    Thread.currentThread().interrupt();
    assertThat(refusalOf(publisher.publishRaw(new byte[1]))).isEqualTo(Outcome.Reason.QUEUE_FULL);
    assertThat(Thread.interrupted()).isTrue();
    publisher.close(Duration.ZERO);
  }

  @Test
  void publish_whenBlockedAndThePublisherCloses_isRefused() throws Exception {
    Publisher publisher =
        over(FakeTransport.silent()).maxQueuedEvents(1).whenFull(WhenFull.blockUpTo(LONG)).build();
    publisher.publishRaw(new byte[1]);
    CompletableFuture<Publication> second =
        CompletableFuture.supplyAsync(() -> publisher.publishRaw(new byte[1]));
    publisher.close(SHORT);
    assertThat(refusalOf(second.get(30, TimeUnit.SECONDS))).isEqualTo(Outcome.Reason.CLOSED);
  }

  /** Ten minutes at 1,000 events a second with a broker that is away, and default settings. */
  @Test
  void publish_whenTheBrokerIsAwayForTenMinutes_keepsTheBoundsAndCountsTheRest() {
    Publisher publisher = over(FakeTransport.silent()).build();
    byte[] payload = new byte[1_024];
    for (int i = 0; i < 600_000; i++) {
      publisher.publishRaw(payload);
    }
    QueueLevel level = publisher.queueLevel();
    assertThat(level.events()).isEqualTo(10_000);
    assertThat(level.bytes()).isEqualTo(ByteCount.kibibytes(10_000));
    assertThat(level.fraction()).isEqualTo(1);
    assertThat(publisher.report())
        .isEqualTo(
            new DeliveryReport(
                10_000, 0, Map.of(), Map.of(Outcome.Reason.QUEUE_FULL, 590_000L), 0, 10_000));
    assertThat(publisher.close(Duration.ZERO).dropped())
        .isEqualTo(Map.of(Delivery.Reason.OUT_OF_TIME, 10_000L));
  }

  @Test
  void listener_hearsOfEveryEventOnceAndMayThrow() {
    List<String> heard = java.util.Collections.synchronizedList(new ArrayList<>());
    FakeTransport transport =
        FakeTransport.with(
            payload ->
                payload.contains("bad")
                    ? CompletableFuture.failedFuture(new TransportException("No.", null))
                    : CompletableFuture.completedFuture("1"));
    Publisher publisher =
        over(transport)
            .listener(
                (id, delivery) -> {
                  heard.add(delivery.getClass().getSimpleName());
                  throw new IllegalStateException("injected");
                })
            .build();
    publisher.track("good", null);
    publisher.track("bad", null);
    publisher.track("", null);
    assertThat(publisher.close(LONG).delivered()).isEqualTo(1);
    assertThat(heard).containsExactlyInAnyOrder("Delivered", "Dropped", "Dropped");
  }

  @Test
  void attributes_areAskedForAtTheCall() {
    FakeTransport transport = FakeTransport.answering();
    try (Publisher publisher =
        over(transport)
            .attributes(() -> Map.of("thread", Thread.currentThread().getName()))
            .build()) {
      publisher.track("e", null);
    }
    assertThat(transport.attributes)
        .containsExactly(Map.of("thread", Thread.currentThread().getName()));
  }

  @Test
  void publish_attributesThatThrow_isRefused() {
    try (Publisher publisher =
        over(FakeTransport.answering())
            .attributes(
                () -> {
                  throw new IllegalStateException("injected");
                })
            .build()) {
      assertThat(refusalOf(publisher.track("e", null))).isEqualTo(Outcome.Reason.INVALID);
    }
  }

  @Test
  void publish_afterClose_isRefused() {
    Publisher publisher = over(FakeTransport.answering()).build();
    publisher.close();
    assertThat(refusalOf(publisher.track("e", null))).isEqualTo(Outcome.Reason.CLOSED);
  }

  @Test
  void close_healthyBroker_deliversAll20000() {
    Publisher publisher = over(FakeTransport.answering()).maxQueuedEvents(20_000).build();
    for (int i = 0; i < 20_000; i++) {
      publisher.publishRaw(new byte[] {1});
    }
    assertThat(publisher.close(LONG))
        .isEqualTo(new DeliveryReport(20_000, 20_000, Map.of(), Map.of(), 0, 0));
  }

  @Test
  void close_silentBroker_reportsEveryEventAsOutOfTime() throws Exception {
    Publisher publisher = over(FakeTransport.silent()).build();
    List<Publication> publications = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      publications.add(publisher.publishRaw(new byte[] {1}));
    }
    DeliveryReport report = publisher.close(SHORT);
    assertThat(report.dropped()).isEqualTo(Map.of(Delivery.Reason.OUT_OF_TIME, 1_000L));
    assertThat(report.pending()).isZero();
    for (Publication publication : publications) {
      assertThat(deliveryOf(publication)).isInstanceOf(Delivery.Dropped.class);
    }
  }

  @Test
  void close_silentBroker_tellsOfAllEventsOnOneDaemonThread() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Publisher publisher = over(FakeTransport.silent()).build();
    List<CompletableFuture<Void>> told = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      told.add(
          publisher
              .track("Order Completed", Map.of())
              .delivery()
              .thenRun(
                  () ->
                      threads.add(
                          Thread.currentThread().getName() + Thread.currentThread().isDaemon()))
              .toCompletableFuture());
    }
    publisher.close(SHORT);
    CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(threads).containsExactly("millrace-publisher-toldtrue");
  }

  @Test
  void close_transportThatHangs_keepsTheDeadline() {
    Publisher publisher = over(FakeTransport.hangingInClose()).build();
    publisher.track("e", null);
    long start = System.nanoTime();
    publisher.close(SHORT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void close_whenASendHangs_keepsTheDeadlineAndReportsAll() {
    java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);
    FakeTransport transport =
        FakeTransport.with(
            payload -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new CompletableFuture<>();
            });
    Publisher publisher = over(transport).build();
    publisher.track("a", null);
    publisher.track("b", null);
    assertThat(publisher.close(SHORT).droppedTotal()).isEqualTo(2);
    never.countDown();
  }

  @Test
  void close_twice_reportsTheSame() {
    Publisher publisher = over(FakeTransport.answering()).build();
    publisher.track("e", null);
    DeliveryReport first = publisher.close(LONG);
    assertThat(publisher.close(LONG)).isEqualTo(first);
  }

  @Test
  void close_neverUsed_closesTheTransport() {
    FakeTransport transport = FakeTransport.answering();
    over(transport).build().close();
    assertThat(transport.closed.getCount()).isZero();
  }

  @Test
  void close_answerThatComesTooLate_isNotCountedTwice() {
    FakeTransport transport = FakeTransport.silent();
    Publisher publisher = over(transport).build();
    publisher.track("e", null);
    publisher.close(SHORT);
    transport.answers.forEach(answer -> answer.complete("late"));
    assertThat(publisher.report())
        .isEqualTo(
            new DeliveryReport(1, 0, Map.of(Delivery.Reason.OUT_OF_TIME, 1L), Map.of(), 0, 0));
  }

  @Test
  void flush_waitsForWhatWasAccepted_andFlushesTheTransport() throws Exception {
    FakeTransport transport = FakeTransport.answering();
    try (Publisher publisher = over(transport).build()) {
      publisher.track("e", null);
      assertThat(publisher.flush(LONG).delivered()).isEqualTo(1);
      assertThat(transport.flushed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void flush_silentBroker_keepsTheDeadlineAndTheEvents() {
    Publisher publisher = over(FakeTransport.silent()).build();
    publisher.track("e", null);
    assertThat(publisher.flush(SHORT).pending()).isEqualTo(1);
    publisher.close(Duration.ZERO);
  }

  @Test
  void sender_isOneDaemonThread_notTheCallers() {
    FakeTransport transport = FakeTransport.answering();
    try (Publisher publisher = over(transport).build()) {
      publisher.track("a", null);
      publisher.track("b", null);
    }
    assertThat(transport.threads).allMatch(Thread::isDaemon);
    assertThat(transport.threads).doesNotContain(Thread.currentThread());
    assertThat(transport.threads.stream().distinct()).hasSize(1);
  }

  @Test
  void publish_fromManyThreads_accountsForEach() throws Exception {
    Publisher publisher = over(FakeTransport.answering()).maxQueuedEvents(50).build();
    List<Thread> apps = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread app =
          new Thread(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  publisher.publishRaw(new byte[] {1});
                }
              });
      apps.add(app);
      app.start();
    }
    for (Thread app : apps) {
      app.join();
    }
    DeliveryReport report = publisher.close(LONG);
    long refused = report.refused().values().stream().mapToLong(Long::longValue).sum();
    assertThat(report.delivered() + refused).isEqualTo(16_000);
  }
}
