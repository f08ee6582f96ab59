package dev.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogLineTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void valueWithALineBreakAndQuotes_staysOnItsLine() {
    assertThat(new LogLine("loaded").with("batch", "a\n\"b\"\\").toString())
        .isEqualTo("outcome=loaded batch=\"a\\u000a\\\"b\\\"\\\\\"");
  }

  @Test
  void emptyValue_isLeftOut() {
    assertThat(new LogLine("ignored").with("trace", "")).hasToString("outcome=ignored");
  }

  @Test
  void traceparent_givesItsTraceId() {
    assertThat(TraceId.of(Optional.of("00-" + TRACE + "-b7ad6b7169203331-01"), Optional.empty()))
        .isEqualTo(TRACE);
  }

  @Test
  void googlesHeader_givesItsTraceId() {
    assertThat(TraceId.of(Optional.of("bad"), Optional.of(TRACE + "/1;o=1"))).isEqualTo(TRACE);
  }
}
