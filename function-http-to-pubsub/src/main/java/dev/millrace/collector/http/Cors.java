package dev.millrace.collector.http;

import java.util.Map;
import java.util.function.Predicate;

/**
 * What lets a page of another origin call. The origin is named rather than {@code *}, which is not
 * allowed for calls with credentials, and so are the headers: {@code *} doesn't cover {@code
 * Authorization}. A page that may not call gets none of this, so that its browser hides the reply.
 */
public final class Cors {
  private static final String ORIGIN = "Origin";
  private static final String VARY = "Vary";
  private static final String MAX_AGE_SECONDS = "3600";

  private final Predicate<String> allowed;

  /**
   * @param allowed whether a page of an origin may call on behalf of any source
   */
  public Cors(Predicate<String> allowed) {
    this.allowed = allowed;
  }

  /** The answer to a preflight, which carries no write key. */
  public Reply preflight(Request request) {
    Map<String, String> headers = headers(request);
    Reply reply = new Reply(204, headers, "");
    return headers.containsKey("Access-Control-Allow-Origin")
        ? reply.with(
            Map.of(
                "Access-Control-Allow-Methods",
                "GET, POST",
                "Access-Control-Allow-Headers",
                "authorization, content-type, content-encoding, x-retry-count",
                "Access-Control-Max-Age",
                MAX_AGE_SECONDS))
        : reply;
  }

  /** The headers of any other reply. */
  public Map<String, String> headers(Request request) {
    return request
        .header(ORIGIN)
        .filter(Cors::isPlain)
        .filter(allowed)
        .map(
            origin ->
                Map.of(
                    "Access-Control-Allow-Origin",
                    origin,
                    "Access-Control-Allow-Credentials",
                    "true",
                    "Access-Control-Expose-Headers",
                    "Retry-After",
                    VARY,
                    ORIGIN))
        .orElse(Map.of(VARY, ORIGIN));
  }

  /** Printable, so that it can stand in a header of ours. */
  private static boolean isPlain(String origin) {
    return origin.length() <= 300 && origin.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
