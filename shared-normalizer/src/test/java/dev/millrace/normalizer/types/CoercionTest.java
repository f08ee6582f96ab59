package dev.millrace.normalizer.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.Vectors;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.Coerced.Stored;
import dev.millrace.normalizer.types.Coerced.Variant;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CoercionTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, JsonNode> DEPARTURES = departures();

  static List<JsonNode> pairs() {
    return Vectors.list(Vectors.read("vectors/types-coercion").get("pairs")).stream()
        .filter(pair -> !pair.get("value").isNull())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void coerce_doesWhatDltDoes_orWhatADepartureSays(JsonNode pair) {
    JsonNode departure = DEPARTURES.get(key(pair));
    JsonNode expected = departure == null ? pair.get("result") : departure.get("result");
    RawValue value = raw(pair.get("value"));
    String column = pair.get("from_column_type").stringValue();

    if (column.equals("(none)")) {
      assertThat(expected.get("kind").stringValue()).isEqualTo("new");
      assertThat(Coercion.inferred(value).word())
          .isEqualTo(expected.get("data_type").stringValue());
      return;
    }
    Coerced coerced = Coercion.coerce(value, DataType.of(column), null, null);
    if (coerced instanceof Variant variant) {
      assertThat(expected.get("kind").stringValue()).isEqualTo("variant");
      assertThat(variant.type().word()).isEqualTo(expected.get("data_type").stringValue());
    } else if (coerced instanceof Stored stored) {
      assertThat(expected.get("kind").stringValue()).isEqualTo("same");
      checkStored(JSON.readTree(stored.json()), expected.get("stored"), DataType.of(column));
    }
  }

  @Test
  void departures_areAllOfEntriesThatDltDecidesOtherwise() {
    Set<String> unused = new HashSet<>(DEPARTURES.keySet());
    for (JsonNode pair : pairs()) {
      JsonNode departure = DEPARTURES.get(key(pair));
      if (departure != null) {
        unused.remove(key(pair));
        JsonNode ours = departure.get("result");
        JsonNode dlt = pair.get("result");
        assertThat(
                dlt.get("kind").equals(ours.get("kind"))
                    && dlt.get("data_type").equals(ours.get("data_type")))
            .as("%s", departure)
            .isFalse();
      }
    }
    assertThat(unused).isEmpty();
  }

  private static void checkStored(JsonNode stored, JsonNode expected, DataType column) {
    switch (column) {
      case DECIMAL, WEI -> {
        assertThat(stored.isString()).isTrue();
        assertThat(new BigDecimal(stored.stringValue()))
            .isEqualByComparingTo(new BigDecimal(expected.stringValue()));
      }
      case BIGINT -> {
        assertThat(new BigDecimal(stored.asString()))
            .isEqualByComparingTo(new BigDecimal(expected.asString()));
        boolean large = new BigDecimal(stored.asString()).abs().compareTo(TWO_TO_53) > 0;
        assertThat(stored.isString()).isEqualTo(large);
      }
      case DOUBLE -> {
        assertThat(stored.isNumber()).isTrue();
        assertThat(stored.doubleValue()).isEqualTo(expected.doubleValue());
      }
      case TEXT, BOOL, TIMESTAMP, DATE, TIME, BINARY, JSON ->
          assertThat(stored).isEqualTo(expected);
    }
  }

  private static final BigDecimal TWO_TO_53 = BigDecimal.valueOf(1L << 53);

  @ParameterizedTest
  @CsvSource({
    "99999999999999999999999999999999999999, WEI",
    "-99999999999999999999999999999999999999, WEI",
    "100000000000000000000000000000000000000, TEXT",
    "9223372036854775807, BIGINT",
    "-9223372036854775809, WEI",
  })
  void inferred_ofLargeInteger_isTheNarrowestTypeThatHoldsIt(String digits, DataType expected) {
    assertThat(Coercion.inferred(new RawValue(RawValue.Kind.INT, digits))).isEqualTo(expected);
  }

  @Test
  void coerce_ofIntegerBeyond38Digits_goesToTheTextVariantAsWritten() {
    RawValue value = new RawValue(RawValue.Kind.INT, "1".repeat(39));

    assertThat(Coercion.coerce(value, DataType.BIGINT, null, null))
        .isEqualTo(new Variant(DataType.TEXT));
    assertThat(Coercion.coerce(value, DataType.TEXT, null, null))
        .isEqualTo(new Stored('"' + "1".repeat(39) + '"'));
  }

  @Test
  void coerce_ofFloatBeyondDoubles_goesToTheTextVariantAsWritten() {
    RawValue value = new RawValue(RawValue.Kind.FLOAT, "1e400");

    assertThat(Coercion.inferred(value)).isEqualTo(DataType.TEXT);
    assertThat(Coercion.coerce(value, DataType.DOUBLE, null, null))
        .isEqualTo(new Variant(DataType.TEXT));
  }

  @Test
  void coerce_ofIntegerIntoWei_keepsEveryDigit() {
    String digits = "12345678901234567890123456789012345678";

    assertThat(Coercion.coerce(new RawValue(RawValue.Kind.INT, digits), DataType.WEI, null, null))
        .isEqualTo(new Stored('"' + digits + '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "999.99, 5, 2, true",
    "1000, 5, 2, false",
    "0.001, 5, 2, false",
    "10.500, 5, 2, true",
    "1e2, 5, 2, true",
    "0.0000000001, , , false",
    "99999999999999999999999999999.999999999, , , true",
    "100000000000000000000000000000, , , false",
  })
  void coerce_intoDecimal_heedsPrecisionAndScale(
      String text, Integer precision, Integer scale, boolean fits) {
    Coerced coerced =
        Coercion.coerce(
            new RawValue(RawValue.Kind.STRING, text), DataType.DECIMAL, precision, scale);

    assertThat(coerced instanceof Stored).isEqualTo(fits);
  }

  @Test
  void coerce_ofTimestampThatCannotBeStored_takesTheTextVariant() {
    RawValue value = new RawValue(RawValue.Kind.STRING, "2024-05-01T10:00:00+24:00");

    assertThat(Coercion.coerce(value, DataType.TIMESTAMP, null, null))
        .isEqualTo(new Variant(DataType.TEXT));
    assertThat(Coercion.coerce(value, DataType.DATE, null, null))
        .isEqualTo(new Variant(DataType.TEXT));
  }

  @Test
  void coerce_ofStringWithEscapes_isWrittenAsJson() {
    RawValue value = new RawValue(RawValue.Kind.STRING, "a\"\\\n\u0001\u007f\u2028é😀\0\uD800");

    assertThat(Coercion.coerce(value, DataType.TEXT, null, null))
        .isEqualTo(new Stored("\"a\\\"\\\\\\n\\u0001\u007f\u2028é😀\uFFFD\""));
  }

  /** As long as an event may be: what is not a number of any type must not cost its square. */
  @ParameterizedTest
  @MethodSource("longTexts")
  void coerce_ofVeryLongText_ends(String text) {
    for (DataType column : DataType.values()) {
      Coercion.coerce(new RawValue(RawValue.Kind.STRING, text), column, null, null);
    }
    Coercion.inferred(new RawValue(RawValue.Kind.STRING, text));
  }

  static List<String> longTexts() {
    int length = 1 << 20;
    return List.of(
        "1".repeat(length),
        "0x" + "f".repeat(length),
        "1_".repeat(length / 2) + "1",
        "1." + "1".repeat(length),
        "1e" + "1".repeat(length),
        " ".repeat(length),
        "[".repeat(length),
        "2024-05-01T10:00:00." + "1".repeat(length) + "x",
        "2024-05-01T10:00:00." + "1".repeat(length) + "Z");
  }

  private static Map<String, JsonNode> departures() {
    Map<String, JsonNode> departures = new HashMap<>();
    for (JsonNode departure : Vectors.list(Vectors.read("departures").get("pairs"))) {
      departures.put(key(departure), departure);
    }
    return departures;
  }

  private static String key(JsonNode entry) {
    return entry.get("from_column_type").stringValue() + " " + entry.get("value");
  }

  private static RawValue raw(JsonNode value) {
    if (value.isString()) {
      return new RawValue(RawValue.Kind.STRING, value.stringValue());
    }
    if (value.isBoolean()) {
      return new RawValue(RawValue.Kind.BOOL, value.toString());
    }
    if (value.isNumber()) {
      return new RawValue(
          value.isIntegralNumber() ? RawValue.Kind.INT : RawValue.Kind.FLOAT, value.toString());
    }
    return new RawValue(RawValue.Kind.JSON, value.toString());
  }
}
