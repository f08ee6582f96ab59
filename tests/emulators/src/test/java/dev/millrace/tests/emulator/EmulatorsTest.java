package dev.millrace.tests.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The emulators start, answer as the service would, and are gone once they are closed. */
class EmulatorsTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void fakeGcs_keepsAnObject() throws Exception {
    try (FakeGcs storage = FakeGcs.start()) {
      storage.createBucket("some-bucket");

      HttpResponse<String> made =
          send(
              HttpRequest.newBuilder(
                      URI.create(
                          storage.url()
                              + "/upload/storage/v1/b/some-bucket/o?uploadType=media&name=a"))
                  .POST(HttpRequest.BodyPublishers.ofString("content")));

      assertThat(made.statusCode()).isEqualTo(200);
      assertThat(get(storage.url() + "/storage/v1/b/some-bucket/o/a?alt=media").body())
          .isEqualTo("content");
    }
  }

  @Test
  void closedEmulator_listensNoMore() throws Exception {
    FakeGcs storage = FakeGcs.start();
    int port = URI.create(storage.url()).getPort();

    storage.close();

    assertThat(EmulatorProcess.listens(port)).isFalse();
  }

  @Test
  void bigQueryEmulator_answersAQuery() throws Exception {
    try (BigQueryEmulator bigQuery = BigQueryEmulator.start("some-project")) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(
                      URI.create(bigQuery.url() + "/bigquery/v2/projects/some-project/queries"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"query\": \"SELECT 40 + 2 AS n\", \"useLegacySql\": false}")));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"42\"");
    }
  }

  private HttpResponse<String> get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
