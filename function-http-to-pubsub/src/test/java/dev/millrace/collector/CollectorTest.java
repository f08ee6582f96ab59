package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.Reply;
import dev.millrace.collector.http.Request;
import dev.millrace.collector.topic.TopicFullException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is answered, and what goes where. */
@Timeout(60)
class CollectorTest {
  private static final String TRACK =
      "{\"userId\":\"u-1\",\"event\":\"Order Completed\",\"messageId\":\"m-1\"}";

  private final Fixture fixture = new Fixture();

  @ParameterizedTest
  @CsvSource({
    "track,track", "t,track", "identify,identify", "i,identify", "page,page", "p,page",
    "screen,screen", "s,screen", "group,group", "g,group", "alias,alias", "a,alias"
  })
  void aSingleCallsTypeIsItsPaths(String path, String type) throws Exception {
    Fixture.assertSuccess(fixture.post("/v1/" + path, TRACK));
    Fixture.assertSuccess(fixture.post("/v1/" + path + "/", TRACK));

    assertThat(fixture.events.messages).hasSize(2);
    assertThat(fixture.events.messages.get(0).json().path("type").asString()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/", "/v1/b", "/v1/b/"})
  void aBatchsEventsAreOneMessageEach(String path) throws Exception {
    Fixture.assertSuccess(fixture.post(path, "{\"batch\":[" + TRACK + "," + TRACK + "]}"));

    assertThat(fixture.events.messages).hasSize(2);
  }

  @Test
  void theBrowsersOwnMetricsAreTakenAndGoNowhere() throws Exception {
    Fixture.assertSuccess(fixture.handle(FakeRequest.post("/v1/m", "{\"series\":[]}")));

    assertThat(fixture.events.messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/projects/the-key/settings",
        "/projects/the-key/settings",
        "/cdn/v1/projects/the-key/settings/"
      })
  void theSettingsDocumentSaysWhereToSend(String path) throws Exception {
    Reply reply = fixture.handle(FakeRequest.of("GET", path));

    JsonNode segment = Fixture.json(reply).path("integrations").path("Segment.io");
    assertThat(segment.path("apiKey").asString()).isEqualTo("the-key");
    assertThat(segment.path("apiHost").asString()).isEqualTo("collect.example.com/v1");
    assertThat(Fixture.json(reply).at("/plan/track/__default/enabled").asBoolean()).isTrue();
  }

  @Test
  void nobodyLearnsSettingsWithAnUnknownKey() throws Exception {
    Fixture.assertRefused(
        fixture.handle(FakeRequest.of("GET", "/v1/projects/other/settings")),
        401,
        Refusal.UNKNOWN_WRITE_KEY);
  }

  @Test
  void theWriteKeyMayStandInTheBodyAndDoesNotReachTheTopic() throws Exception {
    Fixture.assertSuccess(
        fixture.handle(
            FakeRequest.post(
                "/v1/batch", "{\"batch\":[{\"writeKey\":\"the-key\"}],\"writeKey\":\"the-key\"}")));
    Fixture.assertSuccess(
        fixture.handle(FakeRequest.post("/v1/t", "{\"event\":\"E\",\"writeKey\":\"the-key\"}")));

    assertThat(fixture.events.messages)
        .allSatisfy(
            message ->
                assertThat(new String(message.data(), StandardCharsets.UTF_8))
                    .doesNotContain("the-key"));
  }

  @Test
  void aHeaderOfSomebodyElseDoesNotHideTheBodysKey() throws Exception {
    Fixture.assertSuccess(
        fixture.handle(
            FakeRequest.post("/v1/t", "{\"event\":\"E\",\"writeKey\":\"the-key\"}")
                .withKey("a-proxys")));
  }

  @Test
  void theSourceIsTheKeysWhateverTheClientSays() throws Exception {
    fixture.post("/v1/t", "{\"event\":\"E\",\"source\":\"other\"}");

    assertThat(fixture.events.onlyEvent().path("source").asString()).isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"batch\":[]}", "{\"batch\":[],\"writeKey\":\"wrong\"}"})
  void anUnknownOrMissingKeyIs401(String body) throws Exception {
    Fixture.assertRefused(
        fixture.handle(FakeRequest.post("/v1/batch", body)), 401, Refusal.UNKNOWN_WRITE_KEY);
  }

  @Test
  void aFailureOfOursIsAReplyToo() throws Exception {
    FakeRequest request = FakeRequest.post("/v1/t", TRACK).withKey(Fixture.KEY);
    Request broken =
        new Request() {
          @Override
          public String method() {
            return request.method();
          }

          @Override
          public String path() {
            return request.path();
          }

          @Override
          public List<String> headers(String name) {
            return name.equals("Origin") ? List.of("https://shop.example.com") : List.of();
          }

          @Override
          public InputStream body() {
            throw new IllegalStateException("broken");
          }

          @Override
          public Optional<String> peer() {
            return Optional.empty();
          }
        };

    Reply reply = fixture.handle(broken);

    Fixture.assertRefused(reply, 500, Refusal.INTERNAL);
    assertThat(reply.headers()).containsKey("Access-Control-Allow-Origin");
    assertThat(reply.body()).doesNotContain("broken");
  }

  @Test
  void onlyWhatTheTopicHasAcknowledgedIsSuccess() throws Exception {
    fixture.events.failingNextWith(new IllegalStateException("down"));

    Reply reply = fixture.post("/v1/batch", "{\"batch\":[" + TRACK + "," + TRACK + "]}");

    Fixture.assertRefused(reply, 503, Refusal.TOPIC_UNAVAILABLE);
    assertThat(reply.headers().get("Retry-After")).matches("[0-9]+");
    assertThat(fixture.collector.tally().acceptedEvents()).isZero();
  }

  @Test
  void anEventWhoseDeadLetterCannotBeKeptIsSentAgain() throws Exception {
    fixture.deadLetters.failingNextWith(new IllegalStateException("down"));

    Fixture.assertRefused(
        fixture.post("/v1/batch", "{\"batch\":[1]}"), 503, Refusal.TOPIC_UNAVAILABLE);
  }

  @Test
  void aFullTopicIs429() throws Exception {
    fixture.events.failingNextWith(new TopicFullException(null));

    Reply reply = fixture.post("/v1/t", TRACK);

    Fixture.assertRefused(reply, 429, Refusal.OVERLOADED);
    assertThat(reply.headers().get("Retry-After")).matches("[0-9]+");
  }

  @Test
  void requestsBeyondTheMemoryThereIsAre429UntilItIsFreed() throws Exception {
    Fixture small = new Fixture("", 30_000);
    small.events.neverAcknowledging();
    FakeRequest request = FakeRequest.post("/v1/t", TRACK).withKey(Fixture.KEY);
    CompletableFuture<Reply> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return small.handle(request);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    while (small.events.unacknowledged.isEmpty()) {
      Thread.onSpinWait();
    }

    Fixture.assertRefused(small.handle(request), 429, Refusal.OVERLOADED);

    small.events.unacknowledged.get(0).complete(null);
    Fixture.assertSuccess(first.join());
  }

  @Test
  void suppressedUsersAreCountedAndReachNoTopic() throws Exception {
    Fixture.assertSuccess(
        fixture.post(
            "/v1/batch",
            "{\"batch\":[{\"userId\":\"gone\"},{\"previousId\":\"gone\",\"userId\":\"u\"},"
                + TRACK
                + "]}"));

    assertThat(fixture.events.onlyEvent().path("userId").asString()).isEqualTo("u-1");
    assertThat(fixture.collector.tally().suppressedEvents()).isEqualTo(2);
  }

  @Test
  void anEventOfASuppressedUserIsNotKeptAsADeadLetterEither() throws Exception {
    Fixture.assertSuccess(
        fixture.post("/v1/t", "{\"userId\":\"gone\",\"filler\":\"" + "x".repeat(33_000) + "\"}"));

    assertThat(fixture.deadLetters.messages).isEmpty();
    assertThat(fixture.collector.tally().suppressedEvents()).isEqualTo(1);
  }

  @Test
  void whatLibrariesSayTheySendAgainIsCounted() throws Exception {
    fixture.handle(
        FakeRequest.post("/v1/t", TRACK).withKey(Fixture.KEY).with("X-Retry-Count", "2"));
    fixture.handle(
        FakeRequest.post("/v1/t", TRACK).withKey(Fixture.KEY).with("X-Retry-Count", "0"));

    assertThat(fixture.collector.tally().retriedRequests()).isEqualTo(1);
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    Fixture.assertRefused(fixture.post("/v2/track", TRACK), 404, Refusal.NOT_FOUND);
    Fixture.assertRefused(
        fixture.handle(FakeRequest.of("GET", "/v1/track")), 405, Refusal.METHOD_NOT_ALLOWED);
  }
}
