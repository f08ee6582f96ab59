package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the collector makes of an event. */
class EventSemanticsTest {
  private final Fixture fixture = new Fixture();

  private JsonNode event(String item, String envelope) throws Exception {
    assertThat(fixture.post("/v1/batch", "{\"batch\":[" + item + "]" + envelope + "}").status())
        .isEqualTo(200);
    return fixture.events.onlyEvent();
  }

  @Test
  void theEnvelopesContextIsUnderTheEvents() throws Exception {
    JsonNode event =
        event(
            "{\"context\":{\"locale\":\"de\",\"app\":{\"name\":\"own\"},\"timezone\":null}}",
            ",\"context\":{\"library\":{\"name\":\"analytics-java\"},\"app\":{\"name\":\"shared\"},"
                + "\"timezone\":\"UTC\"}");

    assertThat(event.at("/context/library/name").asString()).isEqualTo("analytics-java");
    assertThat(event.at("/context/app/name").asString()).isEqualTo("own");
    assertThat(event.at("/context/locale").asString()).isEqualTo("de");
    assertThat(event.at("/context/timezone").asString()).isEqualTo("UTC");
  }

  @Test
  void theEnvelopesIntegrationsAreUnderTheEvents() throws Exception {
    JsonNode event =
        event("{\"integrations\":{\"A\":false}}", ",\"integrations\":{\"A\":true,\"All\":true}");

    assertThat(event.at("/integrations/A").asBoolean()).isFalse();
    assertThat(event.at("/integrations/All").asBoolean()).isTrue();
  }

  @Test
  void anEventWithoutAMessageIdGetsOne() throws Exception {
    JsonNode event = event("{\"messageId\":null}", ",\"messageId\":\"the-envelopes\"");

    assertThat(event.path("messageId").asString()).matches("[0-9a-f-]{36}");
  }

  @Test
  void anEventKeepsItsMessageIdWhateverItLooksLike() throws Exception {
    assertThat(event("{\"messageId\":\"node-next-1-x\"}", "").path("messageId").asString())
        .isEqualTo("node-next-1-x");
  }

  @Test
  void whatTheCollectorDoesNotKnowIsKeptAsItWasWritten() throws Exception {
    String properties =
        "{\"big\":12345678901234567890123, \"exact\":1.10,\"e\":1E2,\"text\":\"Gr\\u00f6ße 日本\",\"nested\":[[{}]]}";

    event("{\"properties\":" + properties + ",\"Größe \\\"q\\\"\":null}", "");

    String sent = new String(fixture.events.messages.get(0).data(), StandardCharsets.UTF_8);
    assertThat(sent).contains("\"properties\":" + properties).contains("\"Größe \\\"q\\\"\":null");
  }

  @Test
  void aNumberOrNameOfAnyLengthIsPassedOn() throws Exception {
    String properties = "{\"n\":" + "9".repeat(1_200) + ",\"" + "k".repeat(60_000) + "\":1}";
    Fixture large = new Fixture("collector: {sources: {shop: {event_bytes: 1 MiB}}}");

    large.post("/v1/batch", "{\"batch\":[{\"properties\":" + properties + "}]}");

    assertThat(new String(large.events.messages.get(0).data(), StandardCharsets.UTF_8))
        .contains(properties);
  }

  @ParameterizedTest
  @CsvSource({
    // The client's clock is an hour late, and the event waited for a minute.
    "2026-11-26T08:59:00Z, 2026-11-26T09:00:00Z, 2026-11-26T09:59:00Z",
    // Python's offsets and microseconds, Go's nanoseconds.
    "2026-11-26T09:59:59.500000+00:00, 2026-11-26T12:00:00+02:00, 2026-11-26T09:59:59.500Z",
    "2026-11-26T09:00:00.123456789Z, 2026-11-26T09:00:00.123456789Z, 2026-11-26T10:00:00Z",
    // The batch bears the sentAt of an earlier event: never later than received.
    "2026-11-26T09:00:05Z, 2026-11-26T09:00:00Z, 2026-11-26T10:00:00Z",
    // No sentAt, or one that can't be read.
    "2026-11-26T09:00:00Z, , 2026-11-26T09:00:00Z",
    "2026-11-26T09:00:00Z, yesterday, 2026-11-26T09:00:00Z",
    "2026-11-26T11:00:00Z, , 2026-11-26T10:00:00Z",
    // A sentAt far ahead would put the event before all clocks.
    "2026-11-26T09:00:00Z, 9999-01-01T00:00:00Z, 2026-11-26T09:00:00Z",
    // No time at all.
    ", 2026-11-26T09:00:00Z, 2026-11-26T10:00:00Z",
    "yesterday, 2026-11-26T09:00:00Z, 2026-11-26T10:00:00Z"
  })
  void theClientsClockIsRepairedByWhenItSent(String original, String sent, String expected)
      throws Exception {
    String item = original == null ? "{}" : "{\"timestamp\":\"" + original + "\"}";
    String envelope = sent == null ? "" : ",\"sentAt\":\"" + sent + "\"";

    JsonNode event = event(item, envelope);

    assertThat(event.path("timestamp").asString()).isEqualTo(expected);
    assertThat(event.path("receivedAt").asString()).isEqualTo("2026-11-26T10:00:00Z");
    assertThat(event.path("originalTimestamp").asString(""))
        .isEqualTo(original == null ? "" : original);
    assertThat(event.path("sentAt").asString("")).isEqualTo(sent == null ? "" : sent);
  }

  @Test
  void anEventsOwnSentAtGoesBeforeTheEnvelopes() throws Exception {
    JsonNode event =
        event(
            "{\"timestamp\":\"2026-11-26T09:00:00Z\",\"sentAt\":\"2026-11-26T09:00:01Z\"}",
            ",\"sentAt\":\"2026-11-26T09:00:30Z\"");

    assertThat(event.path("timestamp").asString()).isEqualTo("2026-11-26T09:59:59Z");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"library\":{\"name\":\"analytics-kotlin\"}}', 198.51.100.23",
    "'{\"library\":{\"name\":\"analytics-node\"}}', ''",
    "'{\"direct\":true}', 198.51.100.23",
    "'{\"direct\":false,\"library\":{\"name\":\"analytics.js\"}}', ''",
    "'{\"ip\":\"2001:db8::1\",\"library\":{\"name\":\"analytics-kotlin\"}}', 2001:db8::1",
    "'null', ''"
  })
  void theAddressIsFilledWhereTheClientIsOnAPersonsDevice(String context, String ip)
      throws Exception {
    assertThat(event("{\"context\":" + context + "}", "").at("/context/ip").asString(""))
        .isEqualTo(ip);
  }

  @Test
  void aBrowsersAddressIsFilled() throws Exception {
    fixture.handle(
        FakeRequest.post("/v1/t", "{\"event\":\"E\"}")
            .withKey(Fixture.KEY)
            .with("Origin", "https://shop.example.com"));

    assertThat(fixture.events.onlyEvent().at("/context/ip").asString()).isEqualTo("198.51.100.23");
  }

  @ParameterizedTest
  @CsvSource({
    "truncated, '{\"direct\":true}', 198.51.100.0",
    "truncated, '{\"ip\":\"2001:db8:1:2::9\"}', 2001:db8:1:0:0:0:0:0",
    "truncated, '{\"ip\":\"no address\"}', ''",
    "none, '{\"direct\":true}', ''",
    "none, '{\"ip\":\"192.0.2.7\"}', ''"
  })
  void theAddressIsCutOrLeftOutWhereTheSettingsSaySo(String mode, String context, String ip)
      throws Exception {
    Fixture careful = new Fixture("collector: {sources: {shop: {client_ip: " + mode + "}}}");

    careful.post("/v1/batch", "{\"batch\":[{\"context\":" + context + "}]}");

    assertThat(careful.events.onlyEvent().at("/context/ip").asString("")).isEqualTo(ip);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"type\":\"track\",\"event\":\"E\"}', no_user_anon_id",
    "'{\"type\":\"track\",\"userId\":\"u\"}', no_event",
    "'{\"type\":\"group\",\"userId\":\"u\"}', no_group_id",
    "'{\"type\":\"alias\",\"userId\":\"u\"}', no_previous_id",
    "'{\"type\":\"dance\",\"userId\":\"u\"}', invalid_type",
    "'{\"userId\":\"u\"}', invalid_type",
  })
  void aStrictSourceIsHeldToSegmentsSpecification(String item, String code) throws Exception {
    Fixture strict = new Fixture("collector: {sources: {shop: {strict: true}}}");

    assertThat(
            Fixture.json(strict.post("/v1/batch", "{\"batch\":[" + item + "]}"))
                .path("code")
                .asString())
        .isEqualTo(code);
    assertThat(fixture.post("/v1/batch", "{\"batch\":[" + item + "]}").status()).isEqualTo(200);
  }

  @Test
  void aMessageIdOfMoreThanAHundredCharactersIsRefused() throws Exception {
    assertThat(
            Fixture.json(fixture.post("/v1/t", "{\"messageId\":\"" + "x".repeat(101) + "\"}"))
                .path("code")
                .asString())
        .isEqualTo("message_id_too_long");
  }
}
