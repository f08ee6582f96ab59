package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/** Reads objects from where {@code gs://} is: a server that speaks Cloud Storage's JSON API. */
public final class CloudStorage {
  private static final String SCHEME = "gs://";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI endpoint;
  private final HttpClient client;

  /**
   * @param endpoint such as {@code http://127.0.0.1:4443}; null if there is none, and no URI is
   *     found
   */
  public CloudStorage(URI endpoint) {
    this.endpoint = endpoint;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  /** An object's content; gzip is told by its first bytes and undone. */
  InputStream open(String uri) throws IOException, InterruptedException {
    int slash = uri.indexOf('/', SCHEME.length());
    if (!uri.startsWith(SCHEME) || slash < 0 || slash == uri.length() - 1) {
      throw new RefusedException(Reason.INVALID, "Source URI must be a Cloud Storage one: " + uri);
    }
    if (uri.indexOf('*') >= 0) {
      throw RefusedException.notCovered("wildcards in source URIs");
    }
    if (endpoint == null) {
      throw RefusedException.notFound("URI " + uri);
    }
    String bucket = uri.substring(SCHEME.length(), slash);
    String object = URLEncoder.encode(uri.substring(slash + 1), StandardCharsets.UTF_8);
    URI media =
        endpoint.resolve(
            "/storage/v1/b/%s/o/%s?alt=media".formatted(bucket, object.replace("+", "%20")));
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(media).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return unpacked(response.body());
    }
    response.body().close();
    if (response.statusCode() == 404) {
      throw RefusedException.notFound("URI " + uri);
    }
    throw new RefusedException(
        Reason.BACKEND_ERROR,
        "Cloud Storage answers %d for %s".formatted(response.statusCode(), uri));
  }

  private static InputStream unpacked(InputStream body) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(body, 1 << 16);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }
}
