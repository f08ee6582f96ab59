package dev.millrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.publisher.spool.SpoolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SpoolingPublisherTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path folder;

  private PublisherBuilder over(FakeTransport transport) {
    return Publisher.builder(transport)
        .spool(SpoolSettings.in(folder))
        .retryPause(Duration.ofMillis(1));
  }

  private static byte[] event(int number) {
    return ("event-" + number).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "event-" + i).toList();
  }

  private static CompletableFuture<String> unavailable() {
    return CompletableFuture.failedFuture(new TransportException("Nobody answers.", null));
  }

  private static Delivery deliveryOf(Publication publication) throws Exception {
    return publication.delivery().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private List<Path> filesLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("lock")).toList();
    }
  }

  @Test
  void brokerThatIsStopped_leaves20000OnDisk_deliveredOnceEachAfterRestart() throws Exception {
    Publisher first = over(FakeTransport.silent()).build();
    IntStream.range(0, 20_000).forEach(i -> first.publishRaw(event(i)));
    DeliveryReport stopped = first.close(SHORT);
    assertThat(stopped).isEqualTo(new DeliveryReport(20_000, 0, Map.of(), Map.of(), 20_000, 0));

    FakeTransport healthy = FakeTransport.answering();
    Publisher second = over(healthy).build();
    DeliveryReport report = second.close(LONG);
    assertThat(report).isEqualTo(new DeliveryReport(20_000, 20_000, Map.of(), Map.of(), 0, 0));
    assertThat(healthy.sent).hasSize(20_000).containsExactlyInAnyOrderElementsOf(names(20_000));
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void spooledEvents_areReplayedInOrder() {
    Publisher first = over(FakeTransport.silent()).maxQueuedEvents(10).build();
    IntStream.range(0, 10).forEach(i -> first.publishRaw(event(i)));
    IntStream.range(10, 3_000).forEach(i -> first.publishRaw(event(i)));
    first.close(Duration.ZERO);
    FakeTransport healthy = FakeTransport.answering();
    over(healthy).build().close(LONG);
    // What was in memory is written last; each of both is in the order of its calls.
    List<String> replayed = new ArrayList<>(names(3_000).subList(10, 3_000));
    replayed.addAll(names(10));
    assertThat(healthy.sent).isEqualTo(replayed);
  }

  @Test
  void fullQueue_spoolsAndTheCallSaysSo() throws Exception {
    Publisher publisher = over(FakeTransport.silent()).maxQueuedEvents(1).build();
    assertThat(publisher.publishRaw(event(0)).outcome()).isEqualTo(new Outcome.Accepted());
    Publication second = publisher.publishRaw(event(1));
    assertThat(second.outcome()).isEqualTo(new Outcome.Spooled());
    assertThat(second.isAccepted()).isTrue();
    assertThat(deliveryOf(second)).isEqualTo(new Delivery.Spooled());
    assertThat(publisher.report()).isEqualTo(new DeliveryReport(2, 0, Map.of(), Map.of(), 1, 1));
    publisher.close(Duration.ZERO);
  }

  @Test
  void spooledEvents_areSentWhenThereIsRoom_andTheListenerHears() {
    List<String> heard = new CopyOnWriteArrayList<>();
    FakeTransport transport = FakeTransport.answering();
    try (Publisher publisher =
        over(transport)
            .maxQueuedEvents(4)
            .listener((id, delivery) -> heard.add(id + " " + delivery.getClass().getSimpleName()))
            .build()) {
      IntStream.range(0, 2_000)
          .forEach(i -> publisher.publish(Map.of("messageId", "m-" + i, "timestamp", "t")));
      assertThat(publisher.flush(LONG).delivered()).isEqualTo(2_000);
    }
    assertThat(heard.stream().filter(line -> line.endsWith("Delivered")).distinct()).hasSize(2_000);
    assertThat(transport.sent).hasSize(2_000);
  }

  @Test
  void everyEvent_isOnDiskBeforeTheCallReturns() throws Exception {
    Publisher publisher =
        Publisher.builder(FakeTransport.silent())
            .spool(SpoolSettings.in(folder).forEveryEvent().survivingPowerLoss())
            .build();
    assertThat(publisher.publishRaw(event(0)).outcome()).isEqualTo(new Outcome.Spooled());
    assertThat(filesLeft()).hasSize(1);
    assertThat(publisher.report()).isEqualTo(new DeliveryReport(1, 0, Map.of(), Map.of(), 1, 0));
    publisher.close(Duration.ZERO);
  }

  @Test
  void everyEvent_whenDelivered_leavesTheDisk() throws Exception {
    FakeTransport transport = FakeTransport.answering();
    Publisher publisher =
        Publisher.builder(transport).spool(SpoolSettings.in(folder).forEveryEvent()).build();
    Publication publication = publisher.publishRaw(event(0));
    assertThat(deliveryOf(publication)).isInstanceOf(Delivery.Delivered.class);
    IntStream.range(1, 500).forEach(i -> publisher.publishRaw(event(i)));
    assertThat(publisher.close(LONG))
        .isEqualTo(new DeliveryReport(500, 500, Map.of(), Map.of(), 0, 0));
    assertThat(transport.sent).isEqualTo(names(500));
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void eventThatTheTransportGivesUp_isSentAgainUntilItIsDelivered() throws Exception {
    AtomicInteger failures = new AtomicInteger(5);
    FakeTransport transport =
        FakeTransport.with(
            payload ->
                failures.getAndDecrement() > 0
                    ? unavailable()
                    : CompletableFuture.completedFuture("1"));
    try (Publisher publisher = over(transport).build()) {
      Publication publication = publisher.publishRaw(event(0));
      assertThat(deliveryOf(publication)).isEqualTo(new Delivery.Delivered("1"));
      assertThat(transport.sent).hasSize(6);
      assertThat(publisher.report()).isEqualTo(new DeliveryReport(1, 1, Map.of(), Map.of(), 0, 0));
    }
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void eventThatTheBrokerRejects_isDroppedAndNotTriedAgain() throws Exception {
    FakeTransport transport =
        FakeTransport.with(
            payload ->
                CompletableFuture.failedFuture(
                    TransportException.eventRejected("Its attribute is too long.", null)));
    Publisher publisher =
        Publisher.builder(transport).spool(SpoolSettings.in(folder).forEveryEvent()).build();
    assertThat(deliveryOf(publisher.publishRaw(event(0))))
        .isEqualTo(new Delivery.Dropped(Delivery.Reason.REJECTED, "Its attribute is too long."));
    assertThat(publisher.close(LONG).dropped()).isEqualTo(Map.of(Delivery.Reason.REJECTED, 1L));
    assertThat(transport.sent).hasSize(1);
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void fullSpool_refusesAndCloseReportsWhatItCouldNotKeep() {
    Publisher publisher =
        Publisher.builder(FakeTransport.silent())
            .spool(SpoolSettings.in(folder).withMaxBytes(ByteCount.mebibytes(2)))
            .maxQueuedEvents(2)
            .build();
    byte[] large = new byte[500_000];
    List<Publication> publications =
        IntStream.range(0, 10).mapToObj(i -> publisher.publishRaw(large)).toList();
    assertThat(publications.stream().filter(Publication::isAccepted)).hasSize(6);
    assertThat(((Outcome.Refused) publications.get(9).outcome()).reason())
        .isEqualTo(Outcome.Reason.SPOOL_FULL);
    DeliveryReport report = publisher.close(SHORT);
    assertThat(report)
        .isEqualTo(
            new DeliveryReport(
                6,
                0,
                Map.of(Delivery.Reason.OUT_OF_TIME, 2L),
                Map.of(Outcome.Reason.SPOOL_FULL, 4L),
                4,
                0));
  }

  @Test
  void answerThatComesWhileTheTransportCloses_countsAsDelivered() throws Exception {
    FakeTransport transport = FakeTransport.silent();
    FakeTransport answersInClose =
        transport.whenClosed(() -> transport.answers.forEach(answer -> answer.complete("late")));
    Publisher publisher = over(answersInClose).build();
    Publication publication = publisher.publishRaw(event(0));
    publisher.flush(SHORT);
    assertThat(publisher.close(Duration.ofSeconds(2)))
        .isEqualTo(new DeliveryReport(1, 1, Map.of(), Map.of(), 0, 0));
    assertThat(deliveryOf(publication))
        .isIn(new Delivery.Spooled(), new Delivery.Delivered("late"));
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void refusingPublisherWithSpool_keepsAtCloseWhatItTook() {
    Publisher publisher =
        over(FakeTransport.silent()).whenFull(WhenFull.refuse()).maxQueuedEvents(1).build();
    publisher.publishRaw(event(0));
    assertThat(((Outcome.Refused) publisher.publishRaw(event(1)).outcome()).reason())
        .isEqualTo(Outcome.Reason.QUEUE_FULL);
    assertThat(publisher.close(SHORT).spooled()).isEqualTo(1);
  }

  @Test
  void folderInUse_refusesTheSecondPublisher() {
    Publisher first = over(FakeTransport.silent()).build();
    assertThatThrownBy(() -> over(FakeTransport.silent()).build())
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("is in use by another publisher of this process");
    first.close(Duration.ZERO);
  }

  @Test
  void spoolingWithoutASpool_isRefusedAtBuild() {
    assertThatThrownBy(
            () -> Publisher.builder(FakeTransport.silent()).whenFull(WhenFull.spool()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "whenFull(WhenFull.spool()) needs a spool: call spool(SpoolSettings.in(folder)) too.");
  }

  @Test
  void manyThreads_withFailingBrokerAndRestarts_loseNothing() throws Exception {
    long seed = System.nanoTime();
    List<String> delivered = new CopyOnWriteArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    for (int life = 0; life < 5; life++) {
      FakeTransport flaky =
          FakeTransport.with(
              payload -> {
                if ((calls.incrementAndGet() * 31 + seed) % 3 == 0) {
                  return unavailable();
                }
                delivered.add(payload);
                return CompletableFuture.completedFuture("1");
              });
      Publisher publisher = over(flaky).maxQueuedEvents(50).build();
      List<Thread> apps = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int first = life * 2_000 + t * 500;
        Thread app =
            new Thread(
                () ->
                    IntStream.range(first, first + 500)
                        .forEach(i -> publisher.publishRaw(event(i))));
        app.start();
        apps.add(app);
      }
      for (Thread app : apps) {
        app.join();
      }
      DeliveryReport report = publisher.close(SHORT);
      assertThat(report.accepted()).isEqualTo(report.delivered() + report.spooled());
    }
    FakeTransport last = FakeTransport.answering();
    over(last).build().close(LONG);
    delivered.addAll(last.sent);
    assertThat(delivered.stream().distinct())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(names(10_000));
  }
}
