package dev.millrace.tests.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.ByteCount;
import dev.millrace.publisher.Context;
import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.Tracker;
import dev.millrace.publisher.http.HttpTransport;
import dev.millrace.tests.dataset.Dataset;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own publisher sends to the collector of {@code millrace local}. Each event is in a table, or
 * among the refused ones with its reason, or counted as one that must not be stored.
 */
@Timeout(300)
class OwnPublisherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int GOOD = 9;
  private static final List<String> CALLS =
      List.of("identifies", "order_completed", "pages", "screens", "groups", "aliases");

  /** Any record is an event. */
  record RowImported(String event, int rows) {}

  @TempDir private Path folder;

  private static Publication publishAll(Publisher publisher) {
    Tracker shopper =
        publisher
            .forUser("u-1")
            .withAnonymous("a-1")
            .withContext(Context.empty().with("tenant", "acme"));
    shopper.track("Order Completed", Map.of("total", 12.5, "note", "Größe 日本 𝄞"));
    shopper.identify(Map.of("plan", "pro"));
    shopper.page("Checkout", null);
    shopper.screen("Home", Map.of("tab", 1));
    shopper.group("g-1", Map.of("seats", 3));
    shopper.alias("a-0");
    publisher.publish(Map.of("event", "Plain", "list", List.of(1, 2)));
    publisher.publish(new RowImported("Row Imported", 7));
    publisher.publishRaw(
        "{ \"event\" : \"Raw\" , \"messageId\" : \"r-1\" , \"exact\" : 12345678901234567890 }"
            .getBytes(UTF_8));
    publisher.publishRaw("{\"event\":\"Raw\",".getBytes(UTF_8));
    publisher.forUser("u-gone").track("Order Completed", Map.of("total", 1));
    return publisher.track("Large", Map.of("filler", "x".repeat(40_000)));
  }

  @Test
  void everyEventIsInATableOrRefusedWithItsReasonOrSuppressed() throws Exception {
    Path gone = Files.writeString(folder.resolve("gone.txt"), "u-gone\n");
    try (CollectorPipeline pipeline =
        CollectorPipeline.start(folder, "--suppressed-users", gone.toString())) {
      HttpTransport transport =
          HttpTransport.builder(URI.create(pipeline.address()), CollectorPipeline.KEY)
              .maxEventBytes(ByteCount.kibibytes(64))
              .build();
      Publication large;
      try (Publisher publisher = Publisher.builder(transport).build()) {
        large = publishAll(publisher);
        // What is suppressed is taken: nobody outside learns who is.
        assertThat(publisher.close(PATIENCE).delivered()).isEqualTo(GOOD + 1);
      }

      assertThat(large.delivery().toCompletableFuture().join())
          .isInstanceOf(Delivery.Dropped.class);
      assertLoaded(pipeline.dataset());
      assertRefused(pipeline.refused());
      CollectorPipeline.Tally tally = pipeline.end();
      assertThat(tally.count("accepted")).isEqualTo(GOOD);
      assertThat(tally.count("suppressed")).isEqualTo(1);
      assertThat(tally.count("refused.event_too_large")).isEqualTo(1);
    }
  }

  private static void assertLoaded(Dataset dataset) throws Exception {
    dataset.awaitEventsRead(GOOD, PATIENCE);
    for (String table : CALLS) {
      assertThat(
              dataset.rows(
                  "select count(*), min(user_id), min(anonymous_id), min(context__tenant),"
                      + " min(source), count(distinct message_id), count(sent_at) from "
                      + table))
          .as(table)
          .isEqualTo(List.of(List.of(1L, "u-1", "a-1", "acme", CollectorPipeline.SOURCE, 1L, 1L)));
    }
    assertThat(dataset.value("select properties__note from order_completed"))
        .isEqualTo("Größe 日本 𝄞");
    assertThat(dataset.value("select traits__seats from groups")).isEqualTo(3L);
    assertThat(dataset.value("select previous_id from aliases")).isEqualTo("a-0");
    assertThat(dataset.number("select count(*) from plain__list")).isEqualTo(2);
    assertThat(dataset.value("select \"rows\" from row_imported")).isEqualTo(7L);
    assertThat(dataset.rows("select message_id, cast(exact as varchar) from raw"))
        .isEqualTo(List.of(List.of("r-1", "12345678901234567890")));
  }

  private static void assertRefused(Path file) throws Exception {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    JsonNode refused = JsonMapper.shared().readTree(lines.get(0));
    assertThat(refused.path("reason").asString()).isEqualTo("event_too_large");
    assertThat(refused.path("source").asString()).isEqualTo(CollectorPipeline.SOURCE);
    assertThat(refused.path("event").asString()).contains("\"Large\"").hasSizeGreaterThan(40_000);
  }
}
