package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bodies that are damaged, hostile or too much, and what is saved of them. */
@Timeout(60)
class BodiesTest {
  private static final String TRACK =
      "{\"userId\":\"u-1\",\"event\":\"Order Completed\",\"messageId\":\"m-1\"}";

  private final Fixture fixture = new Fixture();

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"batch\":[1}", "nothing", "{} {}", "{\"a\":1}}"})
  void whatIsNoJsonObjectIs400(String body) throws Exception {
    Fixture.assertRefused(fixture.post("/v1/batch", body), 400, Refusal.MALFORMED);
  }

  @Test
  void otherEncodingsThanUtf8Are400() throws Exception {
    byte[] wide = "{\"batch\":[]}".getBytes(StandardCharsets.UTF_16LE);

    Fixture.assertRefused(
        fixture.handle(new FakeRequest("POST", "/v1/batch", Map.of(), wide).withKey(Fixture.KEY)),
        400,
        Refusal.MALFORMED);
  }

  @Test
  void aBodyWithoutABatchIs400() throws Exception {
    Fixture.assertRefused(fixture.post("/v1/batch", TRACK), 400, Refusal.NO_BATCH);
  }

  @Test
  void gzipIsUnpackedAndAByteOrderMarkSkipped() throws Exception {
    Fixture.assertSuccess(
        fixture.handle(
            FakeRequest.post("/v1/batch", "\ufeff{\"batch\":[" + TRACK + "]}")
                .inGzip()
                .withKey(Fixture.KEY)));

    assertThat(fixture.events.onlyEvent().path("messageId").asString()).isEqualTo("m-1");
  }

  @Test
  void aBodyThatAProxyUnpackedIsTakenThoughItsHeaderRemains() throws Exception {
    Fixture.assertSuccess(
        fixture.handle(
            FakeRequest.post("/v1/t", TRACK)
                .with("Content-Encoding", "gzip")
                .withKey(Fixture.KEY)));
  }

  @Test
  void aSmallBodyThatUnpacksToALargeOneIsRefused() throws Exception {
    String bomb = "{\"batch\":[\"" + "0".repeat(100 << 20) + "\"]}";

    Fixture.assertRefused(
        fixture.handle(FakeRequest.post("/v1/batch", bomb).inGzip().withKey(Fixture.KEY)),
        400,
        Refusal.BODY_TOO_LARGE);
  }

  @Test
  void moreEventsThanSegmentTakesAreRefusedLoudly() throws Exception {
    String events = "1,".repeat(2_500) + "1";

    Fixture.assertRefused(
        fixture.post("/v1/batch", "{\"batch\":[" + events + "]}"), 400, Refusal.TOO_MANY_EVENTS);
  }

  @Test
  void aBatchsGoodEventsAreTakenAndTheOthersAreDeadLettersNamedByIndex() throws Exception {
    String large = "{\"event\":\"E\",\"filler\":\"" + "x".repeat(33_000) + "\"}";
    String deep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";

    Reply reply =
        fixture.post("/v1/batch", "{\"batch\":[" + TRACK + ",7," + large + "," + deep + "]}");

    Fixture.assertRefused(reply, 400, Refusal.NOT_AN_OBJECT);
    JsonNode errors = Fixture.json(reply).path("errors");
    assertThat(errors.findValuesAsString("code"))
        .containsExactly("not_an_object", "event_too_large", "nested_too_deep");
    assertThat(errors.findValuesAsString("index")).containsExactly("1", "2", "3");
    assertThat(fixture.events.onlyEvent().path("messageId").asString()).isEqualTo("m-1");
    assertThat(fixture.deadLetters.messages).hasSize(3);
    FakeTopic.Message dead = fixture.deadLetters.messages.get(1);
    assertThat(new String(dead.data(), StandardCharsets.UTF_8)).isEqualTo(large);
    assertThat(dead.attributes())
        .containsEntry("reason", "event_too_large")
        .containsEntry("source", "shop")
        .containsEntry("index", "2");
    assertThat(fixture.collector.tally().refusedEvents(Refusal.EVENT_TOO_LARGE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,,}",
        "{\"a\":nul}",
        "{a:1}",
        "{\"a\":\"\\x\"}",
        "{\"\\ud800\":1}",
        "nothing"
      })
  void aDamagedEventIsRefusedAloneAndItsNeighboursAreTaken(String damaged) throws Exception {
    Reply reply =
        fixture.post("/v1/batch", "{\"batch\":[{\"a\":\"]}\"}," + damaged + "," + TRACK + "]}");

    Fixture.assertRefused(reply, 400, Refusal.NOT_AN_OBJECT);
    assertThat(Fixture.json(reply).at("/errors/0/index").asInt()).isEqualTo(1);
    assertThat(fixture.events.messages).hasSize(2);
    assertThat(new String(fixture.deadLetters.messages.get(0).data(), StandardCharsets.UTF_8))
        .isEqualTo(damaged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1}", "{\"a\":1} {}", "{\"a\":\"}", ""})
  void whereNobodyCanTellWhereAnEventEndsNothingIsTaken(String damaged) throws Exception {
    Fixture.assertRefused(
        fixture.post("/v1/batch", "{\"batch\":[" + TRACK + "," + damaged + "]}"),
        400,
        Refusal.MALFORMED);

    assertThat(fixture.events.messages).isEmpty();
  }

  // A first byte alone, a surrogate, an overlong form, beyond Unicode, a byte that nothing begins.
  @ParameterizedTest
  @ValueSource(strings = {"c3", "eda0b4", "c0af", "f4908080", "ff", "e0a0", "80"})
  void bytesThatAreNoUtf8AreRefusedAloneAndKeptAsTheyCame(String hex) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "{\"batch\":[{\"a\":\"é日𝄞\"},{\"a\":{\"b\":\"".getBytes(StandardCharsets.UTF_8));
    body.writeBytes(bytes);
    body.writeBytes("\"}}]}".getBytes(StandardCharsets.UTF_8));

    Reply reply =
        fixture.handle(
            new FakeRequest("POST", "/v1/batch", Map.of(), body.toByteArray())
                .withKey(Fixture.KEY));

    Fixture.assertRefused(reply, 400, Refusal.NOT_AN_OBJECT);
    assertThat(fixture.events.onlyEvent().path("a").asString()).isEqualTo("é日𝄞");
    assertThat(fixture.deadLetters.messages.get(0).data()).containsSequence(bytes);
  }

  @Test
  void anEventOfAnyDepthIsRefusedAlone() throws Exception {
    String deep = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

    Fixture.assertRefused(
        fixture.post("/v1/batch", "{\"batch\":[" + deep + "," + TRACK + "]}"),
        400,
        Refusal.NESTED_TOO_DEEP);

    assertThat(fixture.events.messages).hasSize(1);
    assertThat(fixture.deadLetters.messages).hasSize(1);
  }

  @Test
  void theLastBatchOfABodyCounts() throws Exception {
    Fixture.assertSuccess(
        fixture.post("/v1/batch", "{\"batch\":{},\"batch\":[{},{}],\"batch\":[{}]}"));
    assertThat(fixture.events.messages).hasSize(1);

    Fixture.assertRefused(
        fixture.post("/v1/batch", "{\"batch\":[{}],\"batch\":7}"), 400, Refusal.NO_BATCH);
  }

  @Test
  void moreThanTenThousandPropertiesAreRefused() throws Exception {
    Fixture large = new Fixture("collector: {sources: {shop: {event_bytes: 1 MiB}}}");
    String properties =
        java.util.stream.IntStream.range(0, 9_990)
            .mapToObj(i -> "\"p" + i + "\":1")
            .collect(java.util.stream.Collectors.joining(","));

    Fixture.assertSuccess(
        large.post("/v1/t", "{\"event\":\"E\",\"properties\":{" + properties + "}}"));
    Fixture.assertRefused(
        large.post(
            "/v1/t",
            "{\"event\":\"E\",\"properties\":{\"a\":[{\"b\":1},{\"b\":1}],\"c\":{\"d\":{\"e\":1}},"
                + "\"f\":1,\"g\":1,\"h\":1,"
                + properties
                + "}}"),
        400,
        Refusal.TOO_MANY_PROPERTIES);
  }

  @Test
  void aContextOfTheEnvelopeThatWouldMakeEveryEventTooLargeIsRefused() throws Exception {
    String context = "{\"filler\":\"" + "x".repeat(33_000) + "\"}";

    Fixture.assertRefused(
        fixture.post("/v1/batch", "{\"batch\":[{},{}],\"context\":" + context + "}"),
        400,
        Refusal.EVENT_TOO_LARGE);

    assertThat(fixture.deadLetters.messages).hasSize(2);
  }

  @Test
  void aSmallBodyWhoseEventsWouldFillTheMemoryIs429AndNothingIsSent() throws Exception {
    Fixture small = new Fixture("", 16 << 20);
    String context = "{\"filler\":\"" + "x".repeat(30_000) + "\"}";
    String body = "{\"batch\":[" + "{},".repeat(2_000) + "{}],\"context\":" + context + "}";

    Fixture.assertRefused(small.post("/v1/batch", body), 429, Refusal.OVERLOADED);

    assertThat(small.events.messages).isEmpty();
    Fixture.assertSuccess(small.post("/v1/t", TRACK));
  }

  @Test
  void anErrorRepeatsNothingOfTheRequest() throws Exception {
    Reply reply = fixture.post("/v1/batch", "{\"batch\":[\"<script>\"],\"<b>\":1");

    assertThat(reply.body()).doesNotContain("<");
  }
}
