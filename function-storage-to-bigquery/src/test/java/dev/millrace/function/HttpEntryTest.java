package dev.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HttpEntryTest {
  private static FrameworkServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new FrameworkServer(FakeHttpEntry.class, "http");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    FakeLoader.SHARED.batches.clear();
    FakeLoader.SHARED.reconcileFailure = null;
    FakeLog.SHARED.lines.clear();
  }

  static Stream<Arguments> shapes() {
    String name = "2026/batch 1.avro";
    String object = Notices.object(name);
    return Stream.of(
        Arguments.of("wrapped", Notices.JSON, Notices.wrapped(name)),
        Arguments.of(
            "wrapped, payload alone",
            Notices.JSON,
            "{\"message\":{\"data\":\"" + Notices.base64(object) + "\"}}"),
        Arguments.of("unwrapped, no attributes", Notices.JSON, object),
        Arguments.of(
            "unwrapped, attributes as headers",
            Map.of("eventType", "OBJECT_FINALIZE", "x-goog-pubsub-message-id", "7"),
            object),
        Arguments.of(
            "unwrapped, prefixed attributes",
            Map.of("x-goog-pubsub-eventType", "OBJECT_FINALIZE"),
            object),
        Arguments.of("binary, storage", Notices.binary(Notices.FINALIZED), object),
        Arguments.of("binary, pubsub", Notices.binary(Notices.PUBLISHED), Notices.wrapped(name)),
        Arguments.of(
            "structured, storage",
            Notices.STRUCTURED,
            Notices.structured(Notices.FINALIZED, "\"data\":" + object)),
        Arguments.of(
            "structured, base64",
            Notices.STRUCTURED,
            Notices.structured(
                Notices.FINALIZED, "\"data_base64\":\"" + Notices.base64(object) + "\"")),
        Arguments.of(
            "structured, pubsub",
            Notices.STRUCTURED,
            Notices.structured(Notices.PUBLISHED, "\"data\":" + Notices.wrapped(name))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void notice_inEachShape_loadsItsBatch(String shape, Map<String, String> headers, String body)
      throws Exception {
    assertThat(server.post(body, headers).statusCode()).isEqualTo(204);
    assertThat(FakeLoader.SHARED.batches)
        .containsExactly(new BatchRef("landing", "2026/batch 1.avro", 1795451447201694L));
  }

  @ParameterizedTest
  @CsvSource({"new,204", "already,204", "failed,204", "again,503", "misconfigured,503", "bug,503"})
  void outcome_isAnsweredWith(String name, int status) throws Exception {
    assertThat(server.post(Notices.wrapped(name), Notices.JSON).statusCode()).isEqualTo(status);
  }

  @Test
  void tryAgain_saysWhenInAHeader() throws Exception {
    HttpResponse<String> answer = server.post(Notices.wrapped("again"), Notices.JSON);
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
  }

  @Test
  void load_hasTheBudgetThatThePushAllows() throws Exception {
    server.post(Notices.wrapped("new"), Notices.JSON);
    assertThat(FakeLoader.SHARED.budgets).contains(Duration.ofSeconds(540));
  }

  static Stream<Arguments> otherEvents() {
    return Stream.of(
        Arguments.of(Notices.JSON, Notices.wrapped("x", "OBJECT_DELETE")),
        Arguments.of(Map.of("eventType", "OBJECT_ARCHIVE"), Notices.object("x")),
        Arguments.of(Notices.binary("google.cloud.storage.object.v1.deleted"), Notices.object("x")),
        Arguments.of(
            Notices.STRUCTURED,
            Notices.structured("google.cloud.storage.object.v1.deleted", "\"data\":{}")));
  }

  @ParameterizedTest
  @MethodSource("otherEvents")
  void otherEvent_isAcknowledgedAndLoadsNothing(Map<String, String> headers, String body)
      throws Exception {
    assertThat(server.post(body, headers).statusCode()).isEqualTo(204);
    assertThat(FakeLoader.SHARED.batches).isEmpty();
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of("", "The notice is not a JSON object."),
        Arguments.of("secret", "The notice is not a JSON object."),
        Arguments.of("[1]", "The notice is not a JSON object."),
        Arguments.of("{}", "The notice doesn't name a bucket and an object."),
        Arguments.of(
            "{\"bucket\":\"b\",\"name\":\"n\"}",
            "The notice doesn't give the object's generation."),
        Arguments.of(
            "{\"bucket\":\"b\",\"name\":\"n\",\"generation\":\"-1\"}",
            "The object's generation is not a positive number."),
        Arguments.of("{\"message\":{\"data\":\"%%%\"}}", "The message's data is not base64."));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void unreadableNotice_isRefusedWithASentence(String body, String sentence) throws Exception {
    HttpResponse<String> answer = server.post(body, Notices.JSON);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(sentence + "\n");
  }

  @Test
  void bodyOverTheLimit_is413() throws Exception {
    assertThat(server.post(" ".repeat((1 << 20) + 1), Notices.JSON).statusCode()).isEqualTo(413);
  }

  @Test
  void outcome_isLoggedInOneLineWithItsTrace() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    server.post(
        Notices.wrapped("failed"),
        Map.of("Content-Type", "application/json", "X-Cloud-Trace-Context", trace + "/1"));

    assertThat(FakeLog.SHARED.lines).hasSize(1);
    assertThat(FakeLog.SHARED.lines.get(0).level()).isEqualTo(System.Logger.Level.ERROR);
    assertThat(FakeLog.SHARED.lines.get(0).fields())
        .containsEntry("outcome", "failed_for_good")
        .containsEntry("code", "object_unreadable")
        .containsEntry("blame", "object")
        .containsEntry("batch", "landing/failed#1795451447201694")
        .containsEntry("trace", trace)
        .containsKey("took_ms");
  }

  @Test
  void reconcile_isAnsweredWithTheReport() throws Exception {
    HttpResponse<String> answer = server.send("POST", "/reconcile", "", Map.of());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
    assertThat(JsonMapper.shared().readTree(answer.body()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"looked_at": 5, "in": 3, "failed": 1, "failures": [{"batch": "landing/x#1", "load_id": "1.5",
                     "code": "object_gone", "detail": "it is gone"}], "republished": 1, "left_over": 0}"""));
    assertThat(FakeLog.SHARED.lines).hasSize(1);
    assertThat(FakeLog.SHARED.lines.get(0).level()).isEqualTo(System.Logger.Level.WARNING);
    assertThat(FakeLog.SHARED.lines.get(0).fields()).containsEntry("republished", 1L);
  }

  @Test
  void reconcile_thatCannotBeDone_is503() throws Exception {
    FakeLoader.SHARED.reconcileFailure =
        new LoadException(LoadError.ACCESS_DENIED, "not your bucket");

    assertThat(server.send("POST", "/reconcile", "", Map.of()).statusCode()).isEqualTo(503);
    assertThat(FakeLog.SHARED.lines.get(0).fields())
        .containsEntry("outcome", "not_reconciled")
        .containsEntry("code", "access_denied");
  }

  @Test
  void otherPath_is404() throws Exception {
    for (String path : List.of("/reload", "/reconcile/", "/reconcile/x")) {
      assertThat(server.send("POST", path, "{}", Notices.JSON).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/reconcile"})
  void otherMethod_is405AndSaysWhichIsAllowed(String path) throws Exception {
    HttpResponse<String> answer = server.send("GET", path, "", Map.of());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }
}
