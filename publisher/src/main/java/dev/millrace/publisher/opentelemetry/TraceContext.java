package dev.millrace.publisher.opentelemetry;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The trace that a call belongs to, as attributes {@code traceparent} and {@code tracestate} of W3C
 * Trace Context.
 */
public final class TraceContext {
  private TraceContext() {}

  /** Reads the current context; always empty where OpenTelemetry's API is not on the class path. */
  public static Supplier<Map<String, String>> ofTheCall() {
    try {
      Class.forName("io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator");
      Class.forName("io.opentelemetry.context.Context");
      return Current::attributes;
    } catch (ClassNotFoundException | LinkageError e) {
      return Map::of;
    }
  }

  /** A class of its own: it can't be loaded without the API. */
  private static final class Current {
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private Current() {}

    static Map<String, String> attributes() {
      Context current = Context.current();
      if (current == Context.root()) {
        return Map.of();
      }
      Map<String, String> attributes = new LinkedHashMap<>();
      W3C.inject(current, attributes, (carrier, key, value) -> carrier.put(key, value));
      return Map.copyOf(attributes);
    }
  }
}
