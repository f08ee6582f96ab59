package dev.millrace.loader.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowLineTest {
  private static String line(RowLine row) {
    return new String(row.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void text_null_leavesTheColumnOut() {
    assertThat(line(new RowLine().text("a", null).bool("b", true))).isEqualTo("{\"b\":true}\n");
  }

  @Test
  void number_beyond2To53_isAString() {
    assertThat(line(new RowLine().number("a", 1L << 53).number("b", -(1L << 53) - 1)))
        .isEqualTo("{\"a\":9007199254740992,\"b\":\"-9007199254740993\"}\n");
  }

  @Test
  void timestamp_wholeSecond_hasSixDigitsAllTheSame() {
    assertThat(line(new RowLine().timestamp("a", 1_000_000)))
        .isEqualTo("{\"a\":\"1970-01-01T00:00:01.000000Z\"}\n");
  }

  @Test
  void json_map_isRawJson() {
    assertThat(line(new RowLine().json("a", Map.of("b", 1)))).isEqualTo("{\"a\":{\"b\":1}}\n");
  }

  @Test
  void binary_isBase64() {
    assertThat(line(new RowLine().binary("a", new byte[] {0, (byte) 0xff})))
        .isEqualTo("{\"a\":\"AP8=\"}\n");
  }
}
