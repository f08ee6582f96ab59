package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.schema.DataType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Where a value goes that its column does not take as it is: departures M4, M5, M6 and M8. */
class ValueRulesTest {
  private static final String DIGITS_38 = "98765432109876543210987654321098765432";

  /** The only value of the only row's column {@code c} or a variant of it. */
  private record Landed(String column, DataType type, JsonNode value) {
    static Landed of(Normalized result) {
      JsonNode row = result.onlyRow("a");
      String column =
          row.propertyNames().stream().filter(name -> name.matches("c(__.*)?")).findFirst().get();
      DataType type = result.batch.schema().table("a").columns().get(column).type();
      return new Landed(column, type, row.get(column));
    }
  }

  private static Landed first(String value) {
    return Landed.of(Normalized.text("{\"event\":\"a\",\"c\":" + value + "}"));
  }

  private static Landed in(DataType type, String value) {
    return in(new ColumnHint(type, null, Map.of()), value);
  }

  private static Landed in(ColumnHint column, String value) {
    NormalizerSettings settings =
        NormalizerSettings.DEFAULT.withColumnHints(Map.of("a", Map.of("c", column)));
    return Landed.of(Normalized.text("{\"event\":\"a\",\"c\":" + value + "}", settings));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", DIGITS_38})
  void M4_an_integer_beyond_64_bits_makes_a_wei_column(String integer) {
    Landed landed = first(integer);
    assertThat(landed.column()).isEqualTo("c");
    assertThat(landed.type()).isEqualTo(DataType.WEI);
    assertThat(landed.value().asString()).isEqualTo(integer);
  }

  @Test
  void M4_an_integer_of_64_bits_makes_a_bigint_column() {
    assertThat(first("9223372036854775807").type()).isEqualTo(DataType.BIGINT);
    assertThat(first("-9223372036854775808").type()).isEqualTo(DataType.BIGINT);
  }

  @ParameterizedTest
  @EnumSource(names = {"BIGINT", "JSON", "DATE", "TIME", "TIMESTAMP"})
  void M4_where_the_column_does_not_take_it_an_integer_beyond_64_bits_makes_a_wei_variant(
      DataType column) {
    Landed landed = in(column, DIGITS_38);
    assertThat(landed.column()).isEqualTo("c__v_wei");
    assertThat(landed.type()).isEqualTo(DataType.WEI);
    assertThat(landed.value().asString()).isEqualTo(DIGITS_38);
  }

  @Test
  void M4_an_integer_beyond_38_digits_is_text_as_it_came() {
    String integer = DIGITS_38 + "1";
    assertThat(first(integer).type()).isEqualTo(DataType.TEXT);
    assertThat(first(integer).value().asString()).isEqualTo(integer);
    assertThat(in(DataType.WEI, "-" + integer).column()).isEqualTo("c__v_text");
    assertThat(in(DataType.WEI, "-" + integer).value().asString()).isEqualTo("-" + integer);
  }

  @ParameterizedTest
  @CsvSource({
    "BIGINT, 1e21, c__v_double",
    "BIGINT, '\"9223372036854775808\"', c__v_text",
    "WEI, 1e300, c__v_double",
    "WEI, '\"-Infinity\"', c__v_text",
    "DECIMAL, 1e300, c__v_double",
    "DECIMAL, 0.0000000001, c__v_double",
    "DECIMAL, '\"NaN\"', c__v_text",
    "DOUBLE, 1e999, c__v_text"
  })
  void M4_a_value_that_coerces_but_has_no_room_takes_the_variant_of_its_json_type(
      DataType column, String value, String variant) {
    Landed landed = in(column, value);
    assertThat(landed.column()).isEqualTo(variant);
    assertThat(landed.value().asString())
        .satisfiesAnyOf(
            stored -> assertThat(quoted(stored)).isEqualTo(value),
            stored -> assertThat(stored).isEqualTo(value),
            stored -> assertThat(Double.valueOf(stored)).isEqualTo(Double.valueOf(value)));
  }

  @Test
  void M4_a_decimal_column_has_the_room_that_its_precision_and_scale_say() {
    ColumnHint price = new ColumnHint(DataType.DECIMAL, null, Map.of("precision", 5, "scale", 2));
    assertThat(in(price, "999.99").column()).isEqualTo("c");
    assertThat(in(price, "1000").column()).isEqualTo("c__v_bigint");
    assertThat(in(price, "0.999").column()).isEqualTo("c__v_double");
  }

  @ParameterizedTest
  @EnumSource(names = {"BIGINT", "DOUBLE", "BOOL", "DECIMAL", "WEI", "TIME"})
  void M5_a_variant_made_from_a_string_is_text_even_if_it_looks_like_a_timestamp(DataType column) {
    Landed landed = in(column, "\"2026-01-02T03:04:05+02:00\"");
    assertThat(landed.column()).isEqualTo("c__v_text");
    assertThat(landed.type()).isEqualTo(DataType.TEXT);
    assertThat(landed.value().asString()).isEqualTo("2026-01-02T03:04:05+02:00");
  }

  @Test
  void M5_a_text_variant_takes_every_string_that_follows() {
    Normalized result =
        Normalized.text("{\"event\":\"b\",\"c\":1}")
            .then("{\"event\":\"a\",\"c\":1}")
            .then(
                "{\"event\":\"a\",\"c\":\"2026-01-02T03:04:05Z\"}{\"event\":\"a\",\"c\":\"soon\"}");
    assertThat(result.rows("a"))
        .extracting(row -> row.get("c__v_text").asString())
        .containsExactly("2026-01-02T03:04:05Z", "soon");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05+24:00",
        "2026-01-02T03:04:05-99:59",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00"
      })
  void M6_a_timestamp_that_can_not_be_stored_is_text(String text) {
    assertThat(first(quoted(text)).type()).isEqualTo(DataType.TEXT);
    for (DataType column : new DataType[] {DataType.TIMESTAMP, DataType.DATE}) {
      Landed landed = in(column, quoted(text));
      assertThat(landed.column()).isEqualTo("c__v_text");
      assertThat(landed.value().asString()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100000000000000000, c__v_bigint",
    "-9223372036854775808, c__v_bigint",
    "1e17, c__v_double",
    "253402300800, c__v_bigint"
  })
  void M6_a_number_that_is_no_instant_takes_the_variant_of_its_type(String number, String variant) {
    assertThat(in(DataType.TIMESTAMP, number).column()).isEqualTo(variant);
    assertThat(in(DataType.DATE, number).column()).isEqualTo(variant);
  }

  @Test
  void M6_the_first_and_the_last_instant_are_stored() {
    assertThat(in(DataType.TIMESTAMP, "253402300799").value().asString())
        .isEqualTo("9999-12-31T23:59:59.000000Z");
    assertThat(in(DataType.TIMESTAMP, "-62135596800").value().asString())
        .isEqualTo("0001-01-01T00:00:00.000000Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uf0261.5", "\uf0272026-01-02", "\uf02dx", "\uf026"})
  void M8_characters_that_mark_types_for_dlt_are_characters(String text) {
    Landed landed = first(quoted(text));
    assertThat(landed.type()).isEqualTo(DataType.TEXT);
    assertThat(landed.value().asString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "Infinity", "-Infinity", "inf"})
  void M8_a_number_that_is_none_does_not_enter_a_double_column(String text) {
    Landed landed = in(DataType.DOUBLE, quoted(text));
    assertThat(landed.column()).isEqualTo("c__v_text");
    assertThat(landed.value().asString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void M8_the_same_without_quotes_is_no_json_and_makes_the_event_bad(String token) {
    Normalized result = Normalized.text("{\"event\":\"a\",\"c\":" + token + "}\n{\"event\":\"b\"}");
    assertThat(result.badReasons()).containsExactly("malformed");
    assertThat(result.rows).containsOnlyKeys("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456789012345678901", "1e400", "-1e999"})
  void M16_a_number_inside_json_that_64_bits_or_a_double_do_not_hold_is_a_string(String number) {
    Landed landed = in(DataType.JSON, "{\"n\":" + number + "}");
    assertThat(landed.value().get("n").isString()).isTrue();
    assertThat(landed.value().get("n").asString()).isEqualTo(number);
  }
}
