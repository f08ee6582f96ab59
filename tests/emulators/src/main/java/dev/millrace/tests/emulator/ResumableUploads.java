package dev.millrace.tests.emulator;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far Cloud Storage's resumable uploads have come. A client whose chunk got no answer asks with
 * an empty {@code Content-Range: bytes *}{@code /*} where to go on; fake-gcs-server takes that for
 * the end of the upload, so {@link FaultyProxy} answers it.
 */
final class ResumableUploads {
  private static final Pattern UPLOAD = Pattern.compile("[?&]upload_id=([^&]+)");
  private static final Pattern CHUNK = Pattern.compile("bytes \\d+-(\\d+)/.*");
  private static final String QUESTION = "bytes */*";
  static final int INCOMPLETE = 308;

  private final Map<String, Long> lastBytes = new ConcurrentHashMap<>();
  private final Map<String, HttpResponse<byte[]>> finished = new ConcurrentHashMap<>();

  /** Whether a request asks how far an upload is that has not ended. */
  boolean isQuestion(String target, String contentRange) {
    String upload = uploadIn(target);
    return upload != null && QUESTION.equals(contentRange);
  }

  /** The answer that ended the upload, or null if it has not ended. */
  HttpResponse<byte[]> finalAnswer(String target) {
    return finished.get(uploadIn(target));
  }

  /** The last byte that the store has, if it has any. */
  OptionalLong lastByte(String target) {
    Long last = lastBytes.get(uploadIn(target));
    return last == null ? OptionalLong.empty() : OptionalLong.of(last);
  }

  /** Takes note of what the store answered to a chunk. */
  void answered(String target, String contentRange, HttpResponse<byte[]> answer) {
    String upload = uploadIn(target);
    Matcher chunk = CHUNK.matcher(contentRange == null ? "" : contentRange);
    if (upload == null || !chunk.matches()) {
      return;
    }
    if (answer.statusCode() == INCOMPLETE) {
      lastBytes.put(upload, Long.valueOf(chunk.group(1)));
    } else if (answer.statusCode() < INCOMPLETE) {
      finished.put(upload, answer);
    }
  }

  private static String uploadIn(String target) {
    Matcher upload = UPLOAD.matcher(target);
    return upload.find() ? upload.group(1) : null;
  }
}
