package dev.millrace.collector.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The write key of {@code Authorization: Basic base64(key:)}. */
public final class BasicKey {
  private static final String SCHEME = "Basic ";

  private BasicKey() {}

  /** The key, if the header is there and can be read. */
  public static Optional<String> of(Request request) {
    return request.header("Authorization").flatMap(BasicKey::of);
  }

  private static Optional<String> of(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String credentials = new String(decoded, StandardCharsets.UTF_8);
      int colon = credentials.indexOf(':');
      String key = colon < 0 ? credentials : credentials.substring(0, colon);
      return key.isEmpty() ? Optional.empty() : Optional.of(key);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
