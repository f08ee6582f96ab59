package dev.millrace.function;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the trace id, 32 hex digits, from W3C's or Google's header. */
final class TraceId {
  private static final Pattern W3C =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern GOOGLE = Pattern.compile("([0-9a-fA-F]{32})(/.{0,64})?");

  private TraceId() {}

  /** The id; empty if there is none, or none that is well formed. */
  static String of(Optional<String> traceparent, Optional<String> cloudTraceContext) {
    return firstGroup(W3C, traceparent).or(() -> firstGroup(GOOGLE, cloudTraceContext)).orElse("");
  }

  private static Optional<String> firstGroup(Pattern pattern, Optional<String> header) {
    return header.map(pattern::matcher).filter(Matcher::matches).map(matcher -> matcher.group(1));
  }
}
