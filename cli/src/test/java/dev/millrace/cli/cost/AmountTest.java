package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "1000000, 1000000",
    "'1,000,000', 1000000",
    "250k, 250000",
    "1.5M, 1500000",
    "2B, 2000000000",
    "0, 0"
  })
  void an_amount_is_read_as_people_write_it(String text, long amount) {
    assertThat(new Amount().convert(text)).isEqualTo(amount);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "10m/s", "1,00", "ten", "99999B", "1e6"})
  void what_is_no_whole_number_is_refused(String text) {
    assertThatThrownBy(() -> new Amount().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
