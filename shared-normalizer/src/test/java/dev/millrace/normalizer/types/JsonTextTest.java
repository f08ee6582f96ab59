package dev.millrace.normalizer.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1E16,1e-7,0.00001,2.0,-0,-0.0,1e2] | [1e+16,1e-7,0.00001,2.0,0,-0.0,100.0]",
        "[18446744073709551615,-9223372036854775808] | [18446744073709551615,-9223372036854775808]",
        "{ \"b\" : 1 , \"a\" : [ ] , \"c\" : { } } | {\"b\":1,\"a\":[],\"c\":{}}",
        "[\"\\u00fc\\/\\u001f\\ud83d\\ude00\",true,false,null] | [\"ü/\\u001f😀\",true,false,null]",
        "{\"a\":1,\"b\":2,\"a\":3} | {\"a\":3,\"b\":2}",
      })
  void forText_isDltsDump(String json, String expected) {
    assertThat(JsonText.forText(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0.1,1.50,1e5] | [0.1,1.5,100000.0]",
        "[9223372036854775808] | [9223372036854775808]",
        "[100000000000000000000000] | [1e+23]",
        "[18446744073709551617] | [\"18446744073709551617\"]",
        "[0.1234567890123456789] | [\"0.1234567890123456789\"]",
        "[1e400,-1E400,1e-400] | [\"1e400\",\"-1E400\",\"1e-400\"]",
        "{\"a\":{\"n\":-9223372036854775809}} | {\"a\":{\"n\":\"-9223372036854775809\"}}",
        "[\"a\\u0000b\\ud800c\"] | [\"ab\uFFFDc\"]",
      })
  void forColumn_writesNumbersThatWouldChangeAsStrings(String json, String expected) {
    assertThat(JsonText.forColumn(json)).isEqualTo(expected);
  }

  @Test
  void forColumn_takes400Levels_andNoMore() {
    String deep = "[".repeat(400) + "]".repeat(400);

    assertThat(JsonText.forColumn(deep)).isEqualTo(deep);
    assertThatThrownBy(() -> JsonText.forColumn("[" + deep + "]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "abc",
        "1 2",
        "[1,]",
        "01",
        "1.",
        "+5",
        ".5",
        "NaN",
        "Infinity",
        "1e400",
        "\uFEFF1",
        "\"\\ud800\"",
        "\"\t\"",
        "[1e400]",
        "{\"\\udc00\":1}",
        "{a:1}",
        "'s'",
        "tru",
        "{} x"
      })
  void ofString_isNullForWhatDltsDecoderRefuses(String text) {
    assertThat(JsonText.ofString(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' 1 ' | 1",
        "null | null",
        "\"s\" | \"s\"",
        "0.1234567890123456789 | 0.12345678901234568",
        "[0.1234567890123456789] | [\"0.1234567890123456789\"]",
        "{\"a\": 1} | {\"a\":1}",
      })
  void ofString_isTheJsonThatTheCharactersSpell(String text, String expected) {
    assertThat(JsonText.ofString(text)).isEqualTo(expected);
  }
}
