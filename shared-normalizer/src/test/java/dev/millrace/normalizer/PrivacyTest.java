package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.normalizer.SchemaContract.Mode;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRule;
import dev.millrace.normalizer.privacy.PrivacyRules;
import dev.millrace.normalizer.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What privacy rules make of values, wherever these would go. */
class PrivacyTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  /** HMAC-SHA-256 of "secret" under the key, as Python's hmac computes it. */
  private static final String SECRET_HASHED =
      "59fa6a4dccc441a2ceb3d563296276a0a2293d927d294d695cca0ca3c3556b35";

  private static NormalizerSettings rules(String... pathsAndActions) {
    List<PrivacyRule> rules = new ArrayList<>();
    for (int i = 0; i < pathsAndActions.length; i += 2) {
      rules.add(new PrivacyRule(pathsAndActions[i], PrivacyAction.of(pathsAndActions[i + 1])));
    }
    return NormalizerSettings.DEFAULT.withPrivacy(new PrivacyRules(rules, KEY));
  }

  private static JsonNode row(String event, String... rules) {
    return Normalized.text(event, rules(rules)).onlyRow("a");
  }

  @Test
  void a_value_is_dropped_by_its_path() {
    JsonNode row = row("{\"event\":\"a\",\"o\":{\"ip\":\"secret\",\"x\":1}}", "o.ip", "drop");
    assertThat(row.has("o__ip")).isFalse();
    assertThat(row.get("o__x").asInt()).isEqualTo(1);
  }

  @Test
  void a_dropped_container_is_gone_with_all_that_is_in_it() {
    Normalized result =
        Normalized.text("{\"event\":\"a\",\"o\":{\"l\":[1]},\"l\":[2]}", rules("o", "drop"));
    assertThat(result.rows).containsOnlyKeys("a", "a__l");
  }

  @Test
  void a_value_is_hashed_under_the_key() {
    JsonNode row = row("{\"event\":\"a\",\"e\":\"secr\\u0065t\"}", "e", "hash");
    assertThat(row.get("e").asString()).isEqualTo(SECRET_HASHED);
  }

  @Test
  void numbers_and_booleans_are_hashed_and_masked_as_they_are_written() {
    JsonNode row =
        row(
            "{\"event\":\"a\",\"n\":1.50,\"b\":true,\"z\":null}",
            "n",
            "hash",
            "b",
            "mask",
            "z",
            "mask");
    assertThat(row.get("n").asString()).hasSize(64);
    assertThat(row.get("b").asString()).isEqualTo("***");
    assertThat(row.has("z")).isFalse();
  }

  @Test
  void an_action_on_a_container_acts_on_every_value_in_it() {
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"t\":{\"x\":1,\"o\":{\"y\":\"s\"},\"l\":[\"u\",[\"v\"]]}}",
            rules("t", "mask"));
    assertThat(result.onlyRow("a").get("t__x").asString()).isEqualTo("***");
    assertThat(result.onlyRow("a").get("t__o__y").asString()).isEqualTo("***");
    assertThat(result.rows("a__t__l").get(0).get("value").asString()).isEqualTo("***");
    assertThat(result.onlyRow("a__t__l__list").get("value").asString()).isEqualTo("***");
  }

  @Test
  void a_star_is_one_key_or_element() {
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"l\":[{\"e\":\"secret\",\"f\":{\"e\":\"kept\"}}],\"o\":{\"e\":\"secret\"}}",
            rules("l.*.e", "hash", "*.e", "mask"));
    assertThat(result.onlyRow("a__l").get("e").asString()).isEqualTo(SECRET_HASHED);
    assertThat(result.onlyRow("a__l").get("f__e").asString()).isEqualTo("kept");
    assertThat(result.onlyRow("a").get("o__e").asString()).isEqualTo("***");
  }

  @Test
  void two_stars_are_any_depth() {
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"e\":1,\"o\":{\"p\":{\"e\":2}},\"l\":[{\"e\":3}]}",
            rules("**.e", "mask"));
    assertThat(result.onlyRow("a").get("e").asString()).isEqualTo("***");
    assertThat(result.onlyRow("a").get("o__p__e").asString()).isEqualTo("***");
    assertThat(result.onlyRow("a__l").get("e").asString()).isEqualTo("***");
  }

  @Test
  void of_several_rules_the_strictest_holds() {
    assertThat(row("{\"event\":\"a\",\"e\":1}", "e", "mask", "**.e", "drop").has("e")).isFalse();
  }

  @Test
  void paths_are_of_raw_keys() {
    JsonNode row =
        row("{\"event\":\"a\",\"userEmail\":\"s\",\"user_email\":\"t\"}", "userEmail", "drop");
    assertThat(row.get("user_email").asString()).isEqualTo("t");
  }

  @Test
  void rules_hold_inside_containers_that_are_kept_whole() {
    NormalizerSettings settings =
        rules("o.e", "hash", "o.l.*", "drop", "o.d", "drop").withMaxNesting(OptionalInt.of(0));
    JsonNode row =
        Normalized.text(
                "{\"event\":\"a\",\"o\":{\"d\":1,\"e\":\"secret\",\"l\":[1,2],\"x\":3}}", settings)
            .onlyRow("a");
    assertThat(row.get("o").toString())
        .isEqualTo("{\"e\":\"" + SECRET_HASHED + "\",\"l\":[],\"x\":3}");
  }

  @Test
  void rules_hold_for_what_is_kept_of_a_bad_event() {
    NormalizerSettings settings =
        rules("e", "mask")
            .withContracts(
                new SchemaContracts(SchemaContract.all(Mode.FREEZE), java.util.Map.of()));
    Normalized result = Normalized.text("{\"event\":\"a\", \"e\":\"secret\"}", settings);
    assertThat(result.bad.get(0).raw()).asString().isEqualTo("{\"event\":\"a\",\"e\":\"***\"}");
  }

  @Test
  void of_an_event_that_cannot_be_read_only_length_hash_and_place_are_kept() {
    Normalized result = Normalized.text("{\"e\":\"secret\"\n{\"event\":\"a\"}", rules("e", "mask"));
    BadEvent bad = result.bad.get(0);
    assertThat(bad.raw()).isEmpty();
    assertThat(bad.rawLength()).isEqualTo(13);
    assertThat(bad.rawSha256())
        .isEqualTo("5a70bddd6b5d685629bf055241658fc8e5485b0d31b43b1ac764c241eea88b2f");
  }

  @Test
  void without_rules_a_bad_event_is_kept_as_it_came() {
    Normalized result = Normalized.text("{\"e\":\"secret\"");
    assertThat(result.bad.get(0).raw()).asString().isEqualTo("{\"e\":\"secret\"");
  }

  @Test
  void identity_is_made_of_the_message_id_as_it_came() {
    String event = "{\"event\":\"a\",\"messageId\":\"m\"}";
    String plain = Normalized.text(event).onlyRow("a").get("_dlt_id").asString();
    for (String action : List.of("drop", "hash", "mask")) {
      assertThat(row(event, "messageId", action).get("_dlt_id").asString()).isEqualTo(plain);
    }
  }

  @Test
  void a_row_that_a_contract_drops_is_kept_with_the_rules_applied() {
    NormalizerSettings settings =
        rules("l.*.e", "mask")
            .withContracts(
                new SchemaContracts(SchemaContract.all(Mode.DISCARD_ROW), java.util.Map.of()));
    Schema schema = Normalized.text("{\"event\":\"a\"}").batch.schema();
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"l\":[{\"e\":\"secret\"}]}".getBytes(StandardCharsets.UTF_8),
            settings,
            schema);
    assertThat(result.bad.get(0).raw()).asString().isEqualTo("{\"e\":\"***\"}");
  }

  @Test
  void rules_that_hash_need_a_key() {
    assertThatThrownBy(
            () -> new PrivacyRules(List.of(new PrivacyRule("e", PrivacyAction.HASH)), new byte[3]))
        .hasMessageContaining("16 bytes");
  }

  @Test
  void rules_print_no_key() {
    assertThat(rules("e", "hash").toString()).doesNotContain("0123456789abcdef");
  }
}
