package dev.millrace.publisher.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void currentSpan_isCarried() {
    SpanContext span =
        SpanContext.create(
            TRACE, SPAN, TraceFlags.getSampled(), TraceState.builder().put("k", "v").build());
    try (Scope scope = Span.wrap(span).makeCurrent()) {
      assertThat(scope).isNotNull();
      assertThat(TraceContext.ofTheCall().get())
          .isEqualTo(
              Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01", "tracestate", "k=v"));
    }
  }

  @Test
  void noSpan_carriesNothing() {
    assertThat(TraceContext.ofTheCall().get()).isEmpty();
  }
}
