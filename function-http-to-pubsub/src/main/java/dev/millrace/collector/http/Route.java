package dev.millrace.collector.http;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path leads to: Segment's, each with and without a slash at its end. */
public sealed interface Route {
  /** One event; its type is the path's. */
  record Single(String type) implements Route {}

  /** Many events. */
  record Batch() implements Route {}

  /** What the browser's library measures of itself. */
  record Metrics() implements Route {}

  /** What a library asks for before it sends. */
  record Settings(String writeKey) implements Route {}

  /** Whether the collector answers. */
  record Health() implements Route {}

  Map<String, Route> PATHS =
      Map.ofEntries(
          Map.entry("/v1/identify", new Single("identify")),
          Map.entry("/v1/i", new Single("identify")),
          Map.entry("/v1/track", new Single("track")),
          Map.entry("/v1/t", new Single("track")),
          Map.entry("/v1/page", new Single("page")),
          Map.entry("/v1/p", new Single("page")),
          Map.entry("/v1/screen", new Single("screen")),
          Map.entry("/v1/s", new Single("screen")),
          Map.entry("/v1/group", new Single("group")),
          Map.entry("/v1/g", new Single("group")),
          Map.entry("/v1/alias", new Single("alias")),
          Map.entry("/v1/a", new Single("alias")),
          Map.entry("/v1/batch", new Batch()),
          Map.entry("/v1/import", new Batch()),
          Map.entry("/v1/b", new Batch()),
          Map.entry("/v1/m", new Metrics()),
          Map.entry("/health", new Health()));

  /** Under any prefix, for a library's {@code cdnURL} may have one. */
  Pattern SETTINGS =
      Pattern.compile("(?:/[\\w.-]{1,64}){0,4}/projects/([\\w.~%-]{1,200})/settings");

  /** Where a path leads, if anywhere. */
  static Optional<Route> of(String path) {
    String bare =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Route known = PATHS.get(bare);
    if (known != null) {
      return Optional.of(known);
    }
    Matcher settings = SETTINGS.matcher(bare);
    return settings.matches() ? Optional.of(new Settings(settings.group(1))) : Optional.empty();
  }

  /** The method that it takes. */
  default String method() {
    return this instanceof Settings || this instanceof Health ? "GET" : "POST";
  }
}
