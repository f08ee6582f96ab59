package dev.millrace.publisher.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class EventWriterTest {
  private record Product(String sku, int quantity) {}

  private static String json(Object value) throws InvalidEventException {
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    new EventWriter().write(Collections.singletonMap("v", value), out);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(null, "null"),
        Arguments.of("é\"\n", "\"é\\\"\\n\""),
        Arguments.of('c', "\"c\""),
        Arguments.of(true, "true"),
        Arguments.of(Long.MAX_VALUE, "9223372036854775807"),
        Arguments.of(1.5f, "1.5"),
        Arguments.of(0.1, "0.1"),
        Arguments.of(new BigDecimal("1.10"), "1.10"),
        Arguments.of(BigInteger.TEN.pow(30), "1" + "0".repeat(30)),
        Arguments.of(List.of(1, List.of()), "[1,[]]"),
        Arguments.of(new int[] {1, 2}, "[1,2]"),
        Arguments.of(new Object[] {"a", null}, "[\"a\",null]"),
        Arguments.of(new byte[] {1, 2}, "\"AQI=\""),
        Arguments.of(Map.of(TimeUnit.DAYS, 1), "{\"DAYS\":1}"),
        Arguments.of(new Product("s", 2), "{\"sku\":\"s\",\"quantity\":2}"),
        Arguments.of(Optional.of(1), "1"),
        Arguments.of(Optional.empty(), "null"),
        Arguments.of(TimeUnit.DAYS, "\"DAYS\""),
        Arguments.of(new UUID(0, 1), "\"00000000-0000-0000-0000-000000000001\""),
        Arguments.of(Instant.EPOCH, "\"1970-01-01T00:00:00Z\""),
        Arguments.of(new Date(0), "\"1970-01-01T00:00:00Z\""),
        Arguments.of(LocalDate.of(2026, 1, 2), "\"2026-01-02\""),
        Arguments.of(LocalTime.of(3, 4), "\"03:04:00\""),
        Arguments.of(LocalDateTime.of(2026, 1, 2, 3, 4), "\"2026-01-02T03:04:00\""),
        Arguments.of(
            OffsetDateTime.parse("2026-01-02T03:04+01:00"), "\"2026-01-02T03:04:00+01:00\""),
        Arguments.of(Duration.ofSeconds(90), "\"PT1M30S\""),
        Arguments.of(JsonMapper.shared().readTree("{\"a\":[1.0,null]}"), "{\"a\":[1.0,null]}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_isWrittenAs(Object value, String expected) throws Exception {
    assertThat(json(value)).isEqualTo("{\"v\":" + expected + "}");
  }

  @Test
  void notANumber_isInvalid() {
    assertThatThrownBy(() -> json(Double.NaN))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage("v is NaN, which JSON has no number for.");
  }

  @Test
  void keyThatIsNoText_isInvalid() {
    assertThatThrownBy(() -> json(Map.of(1, 2)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage("v has a key that is not text.");
  }

  @Test
  void listInItself_isInvalid() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThatThrownBy(() -> json(list))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("nested deeper than 100 levels");
  }

  @Test
  void halfOfACharacter_isEscaped() throws Exception {
    assertThat(json("\ud800x")).isEqualTo("{\"v\":\"\\uD800x\"}");
  }
}
