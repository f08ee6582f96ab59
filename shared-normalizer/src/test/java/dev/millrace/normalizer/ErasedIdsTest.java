package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRule;
import dev.millrace.normalizer.privacy.PrivacyRules;
import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of a person who has asked to be forgotten: ada, whose number is 42. */
class ErasedIdsTest {
  private static final String NOTHING_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static Normalized normalized(String text, NormalizerSettings settings) {
    return Normalized.run(
        settings,
        Schema.initial("millrace"),
        normalizer -> {
          normalizer.erasedIds(
              (field, id) -> field == IdField.USER_ID && (id.equals("ada") || id.equals("42")));
          normalizer.text(
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Normalized.ORIGIN);
        });
  }

  private static Normalized normalized(String text) {
    return normalized(text, NormalizerSettings.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"a\",\"userId\":\"ada\",\"l\":[{\"x\":1}]}",
        "{\"event\":\"a\",\"user_id\":\"ada\"}",
        "{\"event\":\"a\",\"l\":[{\"userId\":\"bob\"}],\"USERID\" : \"ada\"}",
        "{\"event\":\"a\",\"userId\":42}",
        "{\"event\":\"a\",\"userId\":42.0}",
        "{\"event\":\"a\",\"userId\":4.2e1}",
        "{\"event\":\"a\",\"userId\":\"ada-2\",\"previousId\":\"ada\"}",
        "{\"event\":\"a\",\"userId\":\"\\u0061da\"}",
        "{\"event\":\"a\",\"\\u0075serId\":\"ada\"}",
        "{\"event\":\"a\",\"userId\":\"bob\",\"userId\":\"ada\"}",
        "{\"event\":\"a\",\"userId\":\"ada\",\"broken\":}",
        "{\"event\":\"a\",\"broken\":},\"userId\":\"ada\"}",
        "{\"event\":\"a\",\"userId\":\"ada\",\"list\":[1,}",
        "{\"event\":\"a\",\"broken\":,\"traits\":{\"userId\":\"ada\"",
        "[{\"event\":\"a\",\"userId\":\"ada\"}]",
      })
  void an_event_of_an_erased_person_is_bad_and_nothing_is_kept_of_it(String event) {
    Normalized result = normalized(event);

    assertThat(result.rows).isEmpty();
    assertThat(result.badReasons()).containsExactly("erased");
    BadEvent bad = result.bad.get(0);
    assertThat(bad.raw()).isEmpty();
    assertThat(bad.rawSha256()).isEqualTo(NOTHING_SHA256);
    assertThat(bad.rawLength()).isEqualTo(event.length());
    assertThat(bad.detail()).isEqualTo("erased on request: its user_id is on the list");
    assertThat(bad.eventId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"a\",\"userId\":\"bob\"}",
        "{\"event\":\"a\",\"anonymousId\":\"ada\"}",
        "{\"event\":\"a\",\"userIds\":\"ada\"}",
        "{\"event\":\"a\",\"userId\":\"ada \"}",
        "{\"event\":\"a\",\"userId\":null,\"traits\":{\"userId\":\"ada\"}}",
        "{\"event\":\"a\",\"userId\":{\"userId\":\"ada\"}}",
        "{\"event\":\"a\",\"userId\":420}",
        "{\"event\":\"a\",\"userId\":\"042\"}",
        "{\"event\":\"a\",\"userId\":42.5}",
      })
  void an_event_of_somebody_else_loads(String event) {
    assertThat(normalized(event).batch.loaded()).isEqualTo(1);
  }

  @Test
  void the_events_are_accounted_for_with_the_others_of_the_batch() {
    NormalizedBatch batch =
        normalized(
                """
                {"event":"a","userId":"ada","messageId":"1","new":1}
                {"event":"a","userId":"bob","messageId":"2"}
                {"event":"a","userId":"bob","messageId":"2"}
                {"event":"a","userId":"ada","messageId":"1"}
                {broken
                """)
            .batch;

    assertThat(batch.read()).isEqualTo(5);
    assertThat(batch.loaded()).isEqualTo(1);
    assertThat(batch.duplicate()).isEqualTo(1);
    assertThat(batch.bad()).isEqualTo(3);
    assertThat(batch.schema().table("a").columns()).doesNotContainKey("new");
  }

  @Test
  void an_event_over_the_size_limit_that_names_its_user_early_is_erased_and_not_too_large() {
    String event = "{\"userId\":\"ada\",\"text\":\"" + "x".repeat(2 << 20) + "\"}";

    Normalized result = normalized(event + "{\"event\":\"a\"}");

    assertThat(result.badReasons()).containsExactly("erased");
    assertThat(result.bad.get(0).raw()).isEmpty();
    assertThat(result.bad.get(0).rawLength()).isEqualTo(event.length());
    assertThat(result.batch.loaded()).isEqualTo(1);
  }

  @Test
  void privacy_rules_on_the_id_do_not_hide_whose_event_it_is() {
    PrivacyRules rules =
        new PrivacyRules(
            List.of(
                new PrivacyRule("userId", PrivacyAction.HASH),
                new PrivacyRule("anonymousId", PrivacyAction.DROP)),
            new byte[16]);

    Normalized result =
        normalized(
            "{\"userId\":\"ada\",\"broken\":}\n{\"userId\":\"ada\"}",
            NormalizerSettings.DEFAULT.withPrivacy(rules));

    assertThat(result.badReasons()).containsExactly("erased", "erased");
  }
}
