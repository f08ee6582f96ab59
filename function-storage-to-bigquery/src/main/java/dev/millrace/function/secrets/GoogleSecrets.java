package dev.millrace.function.secrets;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.util.ExponentialBackOff;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SecretSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Versions of secrets in Secret Manager: {@code projects/<project>/secrets/<secret>/versions/<n>}.
 * One request of its REST interface, for the client library would bring gRPC to every cold start.
 */
public final class GoogleSecrets implements SecretSource {
  private static final String GOOGLE = "https://secretmanager.googleapis.com";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final Pattern REFERENCE =
      Pattern.compile("projects/[\\w.:-]+/secrets/[\\w-]+/versions/[\\w-]+");
  private static final int TIMEOUT_MILLIS = 10_000;

  /** A secret has at most 64 KiB, which is less than this in base64. */
  private static final int MOST_ANSWER_BYTES = 128 << 10;

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String address;
  private final CredentialsSource credentials;
  private final int retriedForMillis;

  /** Where credentials come from. */
  @FunctionalInterface
  interface CredentialsSource {
    Credentials get() throws IOException;
  }

  /** Of Google, with the credentials of the environment. */
  public GoogleSecrets() {
    this(GOOGLE, () -> GoogleCredentials.getApplicationDefault().createScoped(SCOPE), 20_000);
  }

  /**
   * @param address of the server, without a path
   * @param retriedForMillis how long a request that fails is made again
   */
  GoogleSecrets(String address, CredentialsSource credentials, int retriedForMillis) {
    this.address = address;
    this.credentials = credentials;
    this.retriedForMillis = retriedForMillis;
  }

  @Override
  public String kind() {
    return "secret";
  }

  @Override
  public byte[] read(String reference) throws LoadException {
    if (!REFERENCE.matcher(reference).matches()) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "%s names no version of a secret; write projects/<project>/secrets/<secret>/versions/<number>"
              .formatted(reference));
    }
    return payload(reference, answer(reference));
  }

  private byte[] answer(String reference) throws LoadException {
    try {
      HttpRequest request =
          new NetHttpTransport()
              .createRequestFactory(new HttpCredentialsAdapter(credentials.get()))
              .buildGetRequest(new GenericUrl(address + "/v1/" + reference + ":access"));
      request.setConnectTimeout(TIMEOUT_MILLIS).setReadTimeout(TIMEOUT_MILLIS);
      // An answer must not come to a log.
      request.setLoggingEnabled(false).setCurlLoggingEnabled(false);
      request.setIOExceptionHandler(new HttpBackOffIOExceptionHandler(backOff()));
      // The adapter has put its own handler there, for tokens that have expired.
      HttpUnsuccessfulResponseHandler renewing = request.getUnsuccessfulResponseHandler();
      HttpUnsuccessfulResponseHandler again =
          new HttpBackOffUnsuccessfulResponseHandler(backOff())
              .setBackOffRequired(response -> passes(response.getStatusCode()));
      request.setUnsuccessfulResponseHandler(
          (failed, response, supported) ->
              renewing.handleResponse(failed, response, supported)
                  || again.handleResponse(failed, response, supported));
      HttpResponse response = request.execute();
      try (InputStream content = response.getContent()) {
        return content.readNBytes(MOST_ANSWER_BYTES);
      } finally {
        response.disconnect();
      }
    } catch (HttpResponseException e) {
      throw refused(reference, e);
    } catch (IOException e) {
      throw new LoadException(
          LoadError.UNAVAILABLE,
          "Secret Manager can't be asked for %s (%s).".formatted(reference, e.getMessage()),
          e);
    }
  }

  private ExponentialBackOff backOff() {
    return new ExponentialBackOff.Builder()
        .setInitialIntervalMillis(100)
        .setMaxIntervalMillis(TIMEOUT_MILLIS / 2)
        .setMaxElapsedTimeMillis(retriedForMillis)
        .build();
  }

  private static boolean passes(int status) {
    return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
  }

  private static LoadException refused(String reference, HttpResponseException e) {
    int status = e.getStatusCode();
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return new LoadException(
          LoadError.ACCESS_DENIED,
          "Secret Manager refuses us %s (%d). Give the service account the role roles/secretmanager.secretAccessor on the secret."
              .formatted(reference, status));
    }
    if (passes(status)) {
      return new LoadException(
          LoadError.UNAVAILABLE,
          "Secret Manager was too busy for %s (%d).".formatted(reference, status));
    }
    return new LoadException(
        LoadError.MISCONFIGURED,
        "There is no %s that can be read (%d). Add that version to the secret, enable it, or correct hash_key."
            .formatted(reference, status));
  }

  private static byte[] payload(String reference, byte[] answer) throws LoadException {
    try {
      JsonNode payload = JSON.readTree(answer).path("payload");
      if (!payload.path("data").isString()) {
        throw new IllegalArgumentException("no data");
      }
      byte[] secret = Base64.getDecoder().decode(payload.path("data").asString());
      CRC32C crc = new CRC32C();
      crc.update(secret);
      JsonNode told = payload.path("dataCrc32c");
      if (told.isMissingNode() || told.asLong() == crc.getValue()) {
        return secret;
      }
    } catch (JacksonException | IllegalArgumentException e) {
      // Told below, without the answer, which may hold the secret.
    }
    throw new LoadException(
        LoadError.UNAVAILABLE, "Secret Manager's answer for " + reference + " is damaged.");
  }
}
