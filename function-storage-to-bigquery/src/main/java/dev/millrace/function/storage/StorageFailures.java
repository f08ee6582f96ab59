package dev.millrace.function.storage;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.util.Set;

/**
 * What Cloud Storage's failures are in the catalogue, for one bucket.
 *
 * @param bucket its name
 * @param role that the service account needs on it
 */
record StorageFailures(String bucket, String role) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int GONE = 410;
  private static final int PRECONDITION_FAILED = 412;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /** Refusals that pass: the JSON API tells some limits by 403. */
  private static final Set<String> LIMITS =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded");

  /** A call of Google's client. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /**
   * Makes a call.
   *
   * @param path of the object, for the message
   */
  <T> T translating(String path, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (StorageException e) {
      throw translate(path, e);
    } catch (IOException e) {
      throw e instanceof LoadException ? e : translate(path, e);
    }
  }

  /** Whether a precondition didn't hold, which is an outcome. */
  static boolean isPreconditionFailed(StorageException failure) {
    return failure.getCode() == PRECONDITION_FAILED;
  }

  /** Whether the object, or its bucket, isn't there. */
  static boolean isNotFound(Throwable failure) {
    StorageException answer = answer(failure);
    return answer != null && answer.getCode() == NOT_FOUND;
  }

  LoadException translate(String path, Exception failure) {
    StorageException answer = answer(failure);
    int code = answer == null ? 0 : answer.getCode();
    String object = "gs://" + bucket + "/" + path;
    if (code == UNAUTHORIZED || (code == FORBIDDEN && !isLimit(answer))) {
      return new LoadException(
          LoadError.ACCESS_DENIED,
          "Cloud Storage refuses us %s (%s). Give the service account the role %s on the bucket %s."
              .formatted(object, said(answer), role, bucket),
          failure);
    }
    if (code == NOT_FOUND) {
      return new LoadException(
          LoadError.MISCONFIGURED,
          "There is no bucket %s (%s). Create it, or correct its name in the settings."
              .formatted(bucket, said(answer)),
          failure);
    }
    if (code == FORBIDDEN || code == TOO_MANY_REQUESTS) {
      return new LoadException(
          LoadError.QUOTA_EXCEEDED,
          "A limit of Cloud Storage is used up for now, at %s (%s)."
              .formatted(object, said(answer)),
          failure);
    }
    if (passes(code)) {
      return new LoadException(
          LoadError.UNAVAILABLE,
          "Cloud Storage did not answer for %s, or was too busy (%s)."
              .formatted(object, said(answer == null ? failure : answer)),
          failure);
    }
    return new LoadException(
        LoadError.MISCONFIGURED,
        "Cloud Storage does not take a request for %s (%s). Check the bucket's name and settings."
            .formatted(object, said(answer)),
        failure);
  }

  /**
   * A failure without an answer passes, as does one of the server's, a conflict with another
   * request, or a lost upload.
   */
  private static boolean passes(int code) {
    return code <= 0
        || code == REQUEST_TIMEOUT
        || code == CONFLICT
        || code == GONE
        || code >= SERVER_ERROR;
  }

  private static boolean isLimit(String reason) {
    return reason != null && LIMITS.contains(reason);
  }

  private static boolean isLimit(Throwable answer) {
    for (Throwable each = answer; each != null; each = each.getCause()) {
      if (each instanceof StorageException refusal && isLimit(refusal.getReason())) {
        return true;
      }
      // A resumable upload's failure has its reason in the answer's JSON only.
      if (each instanceof HttpResponseException refusal
          && LIMITS.stream().anyMatch(String.valueOf(refusal.getContent())::contains)) {
        return true;
      }
    }
    return false;
  }

  private static StorageException answer(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof StorageException answer) {
        return answer;
      }
    }
    return null;
  }

  /** The first line, for what follows may be a whole request. */
  private static String said(Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    int code = failure instanceof StorageException answer ? answer.getCode() : 0;
    return code > 0 && !line.startsWith(Integer.toString(code)) ? code + ", " + line : line;
  }
}
