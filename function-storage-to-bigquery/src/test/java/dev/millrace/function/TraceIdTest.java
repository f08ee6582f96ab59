package dev.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceIdTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

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
