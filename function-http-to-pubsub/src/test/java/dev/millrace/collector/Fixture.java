package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.ClientAddress;
import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.Reply;
import dev.millrace.collector.http.Request;
import dev.millrace.collector.sources.WriteKeys;
import dev.millrace.loader.settings.CollectorSettings;
import dev.millrace.loader.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A collector over topics in memory. */
final class Fixture {
  static final String KEY = "the-key";
  static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  final FakeTopic events = new FakeTopic();
  final FakeTopic deadLetters = new FakeTopic();
  final Collector collector;

  Fixture() {
    this("", 64 << 20);
  }

  Fixture(String settings) {
    this(settings, 64 << 20);
  }

  Fixture(String settings, long maxBytes) {
    collector = collector(events, deadLetters, settings, maxBytes);
  }

  private static Collector collector(
      FakeTopic events, FakeTopic deadLetters, String yaml, long maxBytes) {
    try {
      CollectorSettings settings =
          SettingsReader.readCollector("settings", yaml.getBytes(StandardCharsets.UTF_8));
      return new Collector(
          new CollectorParts(
              new CollectorParts.Topics(events, deadLetters),
              WriteKeys.of(Map.of(KEY, "shop", "web-key", "web")),
              Set.of("gone")::contains,
              settings,
              new ClientAddress(0),
              Optional.of(URI.create("https://collect.example.com"))),
          Clock.fixed(NOW, ZoneOffset.UTC),
          maxBytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Reply handle(Request request) throws IOException {
    return collector.handle(request);
  }

  /** Posts with a key that is known. */
  Reply post(String path, String body) throws IOException {
    return handle(FakeRequest.post(path, body).withKey(KEY));
  }

  static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(reply.body());
  }

  /** That a client takes the reply for success. */
  static void assertSuccess(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"success\":true}");
  }

  /** That the reply says to a program and to a person why the request is refused. */
  static void assertRefused(Reply reply, int status, Refusal refusal) {
    assertThat(reply.status()).isEqualTo(status);
    JsonNode body = json(reply);
    assertThat(body.path("code").asString()).isEqualTo(refusal.code());
    assertThat(body.path("message").isString()).isTrue();
    assertThat(body.path("error").isString()).isTrue();
  }
}
