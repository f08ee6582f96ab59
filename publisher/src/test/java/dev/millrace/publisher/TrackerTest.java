package dev.millrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.testsupport.RecordingPublisher;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TrackerTest {
  private static final String END = "\"messageId\":\"m-1\",\"timestamp\":\"2026-01-02T03:04:05Z\"}";

  private record Plan(String name, Integer seats) {}

  private final RecordingPublisher publisher =
      RecordingPublisher.with(
          settings ->
              settings
                  .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
                  .messageIds(() -> "m-1"));

  @AfterEach
  void close() {
    publisher.close();
  }

  private String onlyEvent() {
    assertThat(publisher.events()).hasSize(1);
    return publisher.events().get(0).toString();
  }

  private static Outcome.Reason refusalOf(Publication publication) {
    return ((Outcome.Refused) publication.outcome()).reason();
  }

  @Test
  void track_forUserInContext_hasAllOfIt() {
    publisher
        .forUser("u-1")
        .withAnonymous("a-1")
        .withContext(
            Context.empty().ip("192.0.2.1").app(new Context.App("shop", "1.2", null, null)))
        .track("Order Completed", Map.of("total", 12));
    assertThat(onlyEvent())
        .isEqualTo(
            "{\"type\":\"track\",\"userId\":\"u-1\",\"anonymousId\":\"a-1\",\"context\":{\"ip\":"
                + "\"192.0.2.1\",\"app\":{\"name\":\"shop\",\"version\":\"1.2\"}},\"event\":\"Order"
                + " Completed\",\"properties\":{\"total\":12},"
                + END);
  }

  @Test
  void track_withoutProperties_hasEmptyOnes() {
    publisher.track("Started");
    assertThat(onlyEvent())
        .isEqualTo("{\"type\":\"track\",\"event\":\"Started\",\"properties\":{}," + END);
  }

  @Test
  void identify_takesARecordAsTraits() {
    publisher.identify("u-1", new Plan("pro", null));
    assertThat(onlyEvent())
        .isEqualTo(
            "{\"type\":\"identify\",\"userId\":\"u-1\",\"traits\":{\"name\":\"pro\"}," + END);
  }

  @Test
  void page_takesAJacksonNodeAsProperties() {
    publisher.forAnonymous("a-1").page("Home", JsonMapper.shared().readTree("{\"path\":\"/\"}"));
    assertThat(onlyEvent())
        .isEqualTo(
            "{\"type\":\"page\",\"anonymousId\":\"a-1\",\"name\":\"Home\",\"properties\":{\"path\":"
                + "\"/\"},"
                + END);
  }

  @Test
  void screen_mayHaveNoName() {
    publisher.screen(null, null);
    assertThat(onlyEvent()).isEqualTo("{\"type\":\"screen\",\"properties\":{}," + END);
  }

  @Test
  void group_hasItsId() {
    publisher.group("u-1", "g-1", Map.of("seats", 3));
    assertThat(onlyEvent())
        .isEqualTo(
            "{\"type\":\"group\",\"userId\":\"u-1\",\"groupId\":\"g-1\",\"traits\":{\"seats\":3},"
                + END);
  }

  @Test
  void alias_hasBothIds() {
    publisher.alias("a-1", "u-1");
    assertThat(onlyEvent())
        .isEqualTo("{\"type\":\"alias\",\"userId\":\"u-1\",\"previousId\":\"a-1\"," + END);
  }

  @Test
  void whatIsNotKnown_isLeftOutAndNeverThrows() {
    publisher
        .forUser(null)
        .withAnonymous(null)
        .withContext(null)
        .withContext(Context.empty().ip(null).locale(null).timezone(null).app(null))
        .track("e", null);
    assertThat(onlyEvent())
        .isEqualTo("{\"type\":\"track\",\"event\":\"e\",\"properties\":{}," + END);
  }

  @Test
  void callsThatLackWhatTheyNeed_areRefused() {
    assertThat(refusalOf(publisher.track(" ", null))).isEqualTo(Outcome.Reason.INVALID);
    assertThat(refusalOf(publisher.group("u-1", "", null))).isEqualTo(Outcome.Reason.INVALID);
    assertThat(refusalOf(publisher.alias(null, "u-1"))).isEqualTo(Outcome.Reason.INVALID);
    assertThat(publisher.report().refused()).isEqualTo(Map.of(Outcome.Reason.INVALID, 3L));
  }

  @Test
  void buildersContext_isInEveryCall_andTheTrackersGoesBefore() {
    try (RecordingPublisher shop =
        RecordingPublisher.with(
            settings -> settings.context(Context.empty().ip("192.0.2.1").userAgent("curl")))) {
      shop.tracker().withContext(Context.empty().ip("192.0.2.2")).track("e", null);
      assertThat(shop.events().get(0).get("context").toString())
          .isEqualTo("{\"ip\":\"192.0.2.2\",\"userAgent\":\"curl\"}");
    }
  }

  @Test
  void context_isWrittenAsSegmentsSpecHasIt() {
    Context context =
        Context.empty()
            .campaign(new Context.Campaign("c", "s", null, null, null))
            .device(new Context.Device("d", null, null, null, "ios"))
            .groupId("g")
            .library(new Context.Library("l", "1"))
            .locale(Locale.forLanguageTag("de-CH"))
            .network(new Context.Network(null, null, null, true))
            .os(new Context.Os("o", "2"))
            .page(new Context.Page("/", null, null, null, null))
            .referrer(new Context.Referrer(null, null, null, "https://example.com", null))
            .screen(new Context.Screen(1, 2, 1.5))
            .timezone(ZoneId.of("Europe/Zurich"))
            .traits(Map.of("plan", "pro"))
            .with("tenant", "acme");
    publisher.tracker().withContext(context).track("e", null);
    assertThat(publisher.events().get(0).get("context").toString())
        .isEqualTo(
            "{\"campaign\":{\"name\":\"c\",\"source\":\"s\"},\"device\":{\"id\":\"d\",\"type\":\"ios\"},"
                + "\"groupId\":\"g\",\"library\":{\"name\":\"l\",\"version\":\"1\"},\"locale\":\"de-CH\","
                + "\"network\":{\"wifi\":true},\"os\":{\"name\":\"o\",\"version\":\"2\"},\"page\":{\"path\":"
                + "\"/\"},\"referrer\":{\"url\":\"https://example.com\"},\"screen\":{\"width\":1,\"height\":2,"
                + "\"density\":1.5},\"timezone\":\"Europe/Zurich\",\"traits\":{\"plan\":\"pro\"},"
                + "\"tenant\":\"acme\"}");
  }
}
