package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayedEventsTest {
  private static Normalized trusted(String text) {
    return Normalized.run(
        NormalizerSettings.DEFAULT,
        Schema.initial("millrace"),
        normalizer -> {
          normalizer.trustReceivedAt();
          normalizer.text(
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Normalized.ORIGIN);
        });
  }

  @Test
  void a_value_read_alone_has_the_id_and_the_place_that_it_has_among_the_others() {
    String batch = "{\"event\":\"a\",\"n\":1}\n{\"event\":\"a\",\"n\":2,\"l\":[1]}\n";
    Normalized whole = Normalized.text(batch);
    byte[] second = batch.lines().toList().get(1).getBytes(StandardCharsets.UTF_8);

    Normalized alone =
        Normalized.run(
            NormalizerSettings.DEFAULT,
            Schema.initial("millrace"),
            normalizer -> normalizer.value(second, new EventPlace(Normalized.ORIGIN, 1, 20)));

    assertThat(alone.onlyRow("a").get("_dlt_id")).isEqualTo(whole.rows("a").get(1).get("_dlt_id"));
    assertThat(alone.rows("a__l")).isEqualTo(whole.rows("a__l"));
  }

  @Test
  void a_value_that_is_bad_again_stands_where_it_stood() {
    Normalized again =
        Normalized.run(
            NormalizerSettings.DEFAULT,
            Schema.initial("millrace"),
            normalizer ->
                normalizer.value(
                    "{\"event\":".getBytes(StandardCharsets.UTF_8),
                    new EventPlace(Normalized.ORIGIN, 7, 700)));

    assertThat(again.badReasons()).containsExactly("malformed");
    assertThat(again.bad.get(0).index()).isEqualTo(7);
    assertThat(again.bad.get(0).byteOffset()).isEqualTo(700);
  }

  @Test
  void a_trusted_receivedAt_is_when_the_event_was_received_in_root_and_child_rows() {
    Normalized result =
        trusted(
            "{\"event\":\"a\",\"l\":[1],\"receivedAt\":\"2021-03-04T05:06:07.123Z\"}\n"
                + "{\"receivedAt\":\"2021-03-05T00:00:00+02:00\",\"event\":\"a\"}\n{\"event\":\"a\"}");

    assertThat(result.rows("a"))
        .extracting(row -> row.get("_millrace_received_at").asString())
        .containsExactly(
            "2021-03-04T05:06:07.123000Z",
            "2021-03-04T22:00:00.000000Z",
            "2023-11-14T22:13:20.123456Z");
    assertThat(result.onlyRow("a__l").get("_millrace_received_at").asString())
        .isEqualTo("2021-03-04T05:06:07.123000Z");
    assertThat(result.rows("a").get(0).get("received_at").asString())
        .isEqualTo("2021-03-04T05:06:07.123000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "\"\"",
        "1700000000",
        "null",
        "{\"a\": 1}",
        "\"1969-12-31T23:59:59Z\"",
        "\"2023-11-16T00:00:00Z\""
      })
  void a_receivedAt_that_cant_be_is_not_believed(String receivedAt) {
    assertThat(
            trusted("{\"event\":\"a\",\"receivedAt\":" + receivedAt + "}")
                .onlyRow("a")
                .get("_millrace_received_at")
                .asString())
        .isEqualTo("2023-11-14T22:13:20.123456Z");
  }

  @Test
  void without_trust_receivedAt_is_a_column_like_any_other() {
    assertThat(
            Normalized.text("{\"event\":\"a\",\"receivedAt\":\"2021-03-04T05:06:07Z\"}")
                .onlyRow("a")
                .get("_millrace_received_at")
                .asString())
        .isEqualTo("2023-11-14T22:13:20.123456Z");
  }
}
