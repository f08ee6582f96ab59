package dev.millrace.normalizer.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.normalizer.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SnakeCaseTest {
  private static final SnakeCase NAMES = new SnakeCase(300);
  private static final SnakeCase SHORT = new SnakeCase(30);

  static List<JsonNode> namesMadeByDlt() {
    return Vectors.list(Vectors.read("names").get("cases"));
  }

  @ParameterizedTest
  @MethodSource("namesMadeByDlt")
  void path_givesTheNameThatDltGives(JsonNode vector) {
    SnakeCase names = new SnakeCase(vector.get(0).intValue());

    assertThat(names.path(vector.get(1).stringValue())).isEqualTo(vector.get(2).stringValue());
  }

  @ParameterizedTest
  @CsvSource({
    "userID, user_id",
    "HTTPServer, http_server",
    "IPv4Address, i_pv4_address",
    "fooBARbaz, foo_ba_rbaz",
    "3DModel, _3_d_model",
    "a_, ax",
    "a__, axx",
    "Order Completed!, order_completedx",
    "_, x",
    "'#!', x",
    "e__f, e_f",
    "' trimmed ', trimmed",
  })
  void ident_takesSeparatorsForUnderscores(String raw, String name) {
    assertThat(NAMES.ident(raw)).isEqualTo(name);
  }

  @Test
  void ident_ofBlankText_isRefused() {
    assertThatThrownBy(() -> NAMES.ident("\u00a0\u0085"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ident_ofLongText_carriesTheTagOfTheStrippedText() {
    assertThat(SHORT.ident(" customerBillingAddressPostalCode "))
        .isEqualTo("customer_bilndco4w_postal_code");
  }

  @Test
  void path_ofBlanksAndSeparators_isEmpty() {
    assertThat(List.of("", " ", "__", "____", "\u2003__\u3000"))
        .allSatisfy(raw -> assertThat(NAMES.path(raw)).isEmpty());
  }

  @Test
  void join_leavesBlankPartsOut() {
    assertThat(NAMES.join("a", "", "b", " ", "c")).isEqualTo("a__b__c");
    assertThat(NAMES.join("", "b")).isEqualTo("b");
    assertThat(NAMES.join("a", "")).isEqualTo("a");
    assertThat(NAMES.join("", "")).isEmpty();
  }

  @Test
  void join_ofLongParts_carriesTheTagOfTheJoinedText() {
    String joined = "a".repeat(20) + "__" + "b".repeat(20);

    assertThat(SHORT.join("a".repeat(20), "b".repeat(20)))
        .isEqualTo("a".repeat(12) + SnakeCase.tag(joined) + "b".repeat(12));
    assertThat(SHORT.join("a".repeat(20), "", "b".repeat(20)))
        .isEqualTo(SHORT.join("a".repeat(20), "b".repeat(20)));
  }

  @Test
  void tagged_appendsTheTagOfTheRawSource() {
    assertThat(NAMES.tagged("user_id", RawPath.of("userId"), 0))
        .isEqualTo("user_id_" + SnakeCase.tag("userId"));
  }

  @Test
  void tagged_ofLongName_cutsTheNameFirst() {
    assertThat(SHORT.tagged("n".repeat(30), RawPath.of("raw"), 0))
        .isEqualTo("n".repeat(23) + "_" + SnakeCase.tag("raw"));
  }

  @Test
  void shortening_countsCodePoints() {
    String digits = "\uD835\uDFD9".repeat(30);

    assertThat(SHORT.path("x" + digits).codePoints()).hasSize(30);
    assertThat(new SnakeCase(31).path("x" + digits)).isEqualTo("x" + digits);
  }

  @Test
  void tag_isSixLowerCaseLettersAndDigits() {
    assertThat(SnakeCase.tag("customerBillingAddressPostalCode")).isEqualTo("ndco4w");
  }
}
