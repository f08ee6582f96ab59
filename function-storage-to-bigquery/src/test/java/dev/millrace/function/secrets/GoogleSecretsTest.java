package dev.millrace.function.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2CredentialsWithRefresh;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SecretSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets over HTTP, from a server that answers as Secret Manager's REST interface does. */
class GoogleSecretsTest {
  private static final String REFERENCE = "projects/shop/secrets/hash-key/versions/3";
  private static final String SECRET = "a key of more than 16 bytes\n";

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private GoogleSecrets secrets;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    secrets =
        new GoogleSecrets(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            () ->
                OAuth2CredentialsWithRefresh.newBuilder()
                    .setAccessToken(token("token-1"))
                    .setRefreshHandler(() -> token("token-2"))
                    .build(),
            300);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void secret_isItsBytesAsTheyAreKept() throws LoadException {
    answers.add(accessed(SECRET));

    assertThat(secrets.read(REFERENCE)).isEqualTo(SECRET.getBytes(StandardCharsets.UTF_8));
    assertThat(requests).containsExactly("GET /v1/" + REFERENCE + ":access Bearer token-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void busyServer_isAskedAgain(int status) throws LoadException {
    answers.add(new Answer(status, "{}"));
    answers.add(accessed(SECRET));

    assertThat(secrets.read(REFERENCE)).asString(StandardCharsets.UTF_8).isEqualTo(SECRET);
  }

  @Test
  void tokenThatHasExpired_isRenewed() throws LoadException {
    answers.add(new Answer(401, "{}"));
    answers.add(accessed(SECRET));

    assertThat(secrets.read(REFERENCE)).asString(StandardCharsets.UTF_8).isEqualTo(SECRET);
    assertThat(requests).last().asString().endsWith("Bearer token-2");
  }

  @ParameterizedTest
  @CsvSource({
    "401, ACCESS_DENIED, roles/secretmanager.secretAccessor",
    "403, ACCESS_DENIED, roles/secretmanager.secretAccessor",
    "404, MISCONFIGURED, hash_key",
    "400, MISCONFIGURED, enable it",
    "503, UNAVAILABLE, busy",
  })
  void refusal_namesTheReferenceAndSaysWhatToDo(int status, LoadError error, String advice) {
    for (int tried = 0; tried < 20; tried++) {
      answers.add(new Answer(status, "{\"error\": {\"code\": %d}}".formatted(status)));
    }

    LoadException failure =
        catchThrowableOfType(LoadException.class, () -> secrets.read(REFERENCE));

    assertThat(failure.error()).isEqualTo(error);
    assertThat(failure).hasMessageContaining(REFERENCE).hasMessageContaining(advice);
  }

  @Test
  void serverThatIsNotThere_isUnavailable() {
    server.stop(0);

    LoadException failure =
        catchThrowableOfType(LoadException.class, () -> secrets.read(REFERENCE));

    assertThat(failure.error()).isEqualTo(LoadError.UNAVAILABLE);
    assertThat(failure).hasMessageContaining(REFERENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON but TOPSECRET",
        "{\"payload\": {\"data\": \"VE9QU0VDUkVU\", \"dataCrc32c\": \"1\"}}",
        "{\"payload\": {\"data\": \"TOPSECRET!\"}}",
        "{}"
      })
  void damagedAnswer_isToldWithoutIt(String answer) {
    answers.add(new Answer(200, answer));

    LoadException failure =
        catchThrowableOfType(LoadException.class, () -> secrets.read(REFERENCE));

    assertThat(failure.error()).isEqualTo(LoadError.UNAVAILABLE);
    assertThat(failure).hasMessageContaining(REFERENCE).hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("TOPSECRET", "VE9QU0VDUkVU");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hash-key",
        "projects/shop/secrets/hash-key",
        "projects/shop/secrets/hash-key/versions/1/../2",
        "projects/shop/secrets/hash-key/versions/1?x=y"
      })
  void referenceOfAnotherForm_isRefusedUnasked(String reference) {
    assertThatThrownBy(() -> secrets.read(reference))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED))
        .hasMessageContaining(reference)
        .hasMessageContaining("projects/<project>/secrets/<secret>/versions/<number>");
    assertThat(requests).isEmpty();
  }

  @Test
  void source_isFoundByItsKind() {
    assertThat(ServiceLoader.load(SecretSource.class))
        .extracting(SecretSource::kind)
        .contains("secret");
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    Answer answer = answers.remove();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static AccessToken token(String value) {
    return new AccessToken(value, Date.from(Instant.now().plusSeconds(3600)));
  }

  private static Answer accessed(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Answer(
        200,
        """
        {"name": "%s", "payload": {"data": "%s", "dataCrc32c": "%d"}}
        """
            .formatted(REFERENCE, Base64.getEncoder().encodeToString(bytes), crc.getValue()));
  }
}
