package dev.millrace.function.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A line of a part says which row it is. */
class RowIdTest {
  private static RowId of(String line) {
    return RowId.of(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bothAreRead_whereverTheyStand() {
    assertThat(
            of(
                """
                {"a":{"_dlt_id":"not this"},"b":[1,{"_dlt_id":"nor this"}],"c":null,"_dlt_id":"x/+",\
                "_millrace_received_at":"2026-11-26T09:00:00.123456Z","d":1}"""))
        .isEqualTo(new RowId("x/+", Instant.parse("2026-11-26T09:00:00.123456Z")));
  }

  @Test
  void aRowNeedNotSayWhenItWasReceived() {
    assertThat(of("{\"_dlt_id\":\"x\",\"a\":1}")).isEqualTo(new RowId("x", null));
  }
}
