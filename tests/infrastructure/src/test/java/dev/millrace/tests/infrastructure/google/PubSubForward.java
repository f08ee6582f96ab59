package dev.millrace.tests.infrastructure.google;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Passes calls on to the Pub/Sub emulator, which speaks REST on its one port. */
final class PubSubForward {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  PubSubForward(String address) {
    this.address = address;
  }

  void send(String method, String path, JsonNode body) throws Refused {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/v1/" + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new Refused(answer.statusCode(), "The emulator says: " + answer.body());
      }
    } catch (IOException e) {
      throw new Refused(503, "The emulator doesn't answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(503, "interrupted");
    }
  }
}
