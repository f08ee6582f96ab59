package dev.millrace.normalizer.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "' 7 ', 7",
    "+5, 5",
    "-0, 0",
    "007, 7",
    "1_000, 1000",
    "٣_٣, 33",
    "0x1F, 31",
    "0x-1, -1",
    "0xf_f, 255",
    "'0x 1', 1",
    "0x0x1, 1",
    "0x0x_f, 15",
    "0x٣, 3",
    "123456789012345678901234567890, 123456789012345678901234567890",
  })
  void toInteger_takesWhatPythonTakes(String text, BigInteger expected) {
    assertThat(PythonNumbers.toInteger(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "+", "1__0", "_1", "1_", "1.0", "1e3", "0x", "0x_f", "0b1", "0X1", "-0x1", "1 0",
        "１a"
      })
  void toInteger_refusesWhatPythonRefuses(String text) {
    assertThat(PythonNumbers.toInteger(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    ".5, 0.5",
    "5., 5",
    "1e3, 1000",
    "1_0.0_1, 10.01",
    "1e1_0, 1e10",
    "٣.٥, 3.5",
    "1e٣, 1000",
    "'\u00a012', 12",
    "1e-400, 0",
    "1e400, Infinity",
    "-inf, -Infinity",
    "Infinity, Infinity",
    "nan, NaN",
    "0x10, 16",
  })
  void toDouble_takesWhatPythonTakes(String text, Double expected) {
    assertThat(PythonNumbers.toDouble(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "+", "e3", "1e", "1_.0", "1._0", "1_e3", "1__0", "sNaN", "infinit", "1d", "1f",
        "0x1p3", "NaN1"
      })
  void toDouble_refusesWhatPythonRefuses(String text) {
    assertThat(PythonNumbers.toDouble(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1e16, 1E+16",
    "-.5, -0.5",
    "5., 5",
    "_1__0_, 10",
    "٣.٥, 3.5",
    "0xff, 255",
    "000.100, 0.1",
    "-0.0, 0",
    "1e-400, 1E-400",
  })
  void toDecimal_takesWhatPythonTakes(String text, BigDecimal expected) {
    assertThat(PythonNumbers.toDecimal(text)).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "_", ".", "NaN", "sNaN", "Infinity", "1e", "0X1", "1 0", "1e9999999999"})
  void toDecimal_refusesWhatIsNoFiniteNumber(String text) {
    assertThat(PythonNumbers.toDecimal(text)).isNull();
  }
}
