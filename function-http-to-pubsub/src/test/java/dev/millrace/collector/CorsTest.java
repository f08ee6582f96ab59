package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls from pages of other origins. */
class CorsTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String RESTRICTED =
      """
      collector:
        sources:
          "*": {origins: ["https://shop.example.com"]}
          web: {origins: ["https://www.example.com"]}
      """;

  private static Map<String, String> headers(Fixture fixture, FakeRequest request)
      throws Exception {
    return fixture.handle(request).headers();
  }

  @Test
  void aPreflightNeedsNoKeyAndNamesTheHeadersThatLibrariesSend() throws Exception {
    Reply reply =
        new Fixture()
            .handle(
                FakeRequest.of("OPTIONS", "/v1/t")
                    .with("Origin", SHOP)
                    .with("Access-Control-Request-Headers", "authorization"));

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers())
        .containsEntry("Access-Control-Allow-Origin", SHOP)
        .containsEntry("Access-Control-Allow-Credentials", "true")
        .containsEntry("Vary", "Origin");
    assertThat(reply.headers().get("Access-Control-Allow-Methods")).contains("POST");
    assertThat(reply.headers().get("Access-Control-Allow-Headers"))
        .contains("authorization", "content-type", "x-retry-count");
    assertThat(Integer.parseInt(reply.headers().get("Access-Control-Max-Age")))
        .isGreaterThanOrEqualTo(900);
  }

  @Test
  void anErrorIsReadableToThePageToo() throws Exception {
    Map<String, String> headers =
        headers(new Fixture(), FakeRequest.post("/v1/t", "{}").with("Origin", SHOP));

    assertThat(headers)
        .containsEntry("Access-Control-Allow-Origin", SHOP)
        .containsEntry("Access-Control-Expose-Headers", "Retry-After");
  }

  @Test
  void aPageThatNoSourceAllowsIsToldNothing() throws Exception {
    Fixture fixture = new Fixture(RESTRICTED);
    FakeRequest evil = FakeRequest.of("OPTIONS", "/v1/t").with("Origin", "https://evil.example");

    assertThat(headers(fixture, evil)).doesNotContainKey("Access-Control-Allow-Origin");
    assertThat(headers(fixture, evil)).containsEntry("Vary", "Origin");
  }

  @Test
  void aPageOfAnotherSourceMayNotSendForThisOne() throws Exception {
    Fixture fixture = new Fixture(RESTRICTED);
    FakeRequest request = FakeRequest.post("/v1/t", "{\"event\":\"E\",\"writeKey\":\"web-key\"}");

    assertThat(fixture.handle(request.with("Origin", SHOP)).status()).isEqualTo(403);
    assertThat(fixture.handle(request.with("Origin", "https://www.example.com")).status())
        .isEqualTo(200);
    assertThat(fixture.handle(request).status()).isEqualTo(200);
  }
}
