package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How values are found, one after the other (departures M12, M15, M16). */
class ReadingEventsTest {
  private static final String GOOD = "{\"event\":\"a\",\"n\":%d}";

  @Test
  void values_follow_each_other_with_any_white_space_or_none() {
    Normalized result =
        Normalized.text("{\"event\":\"a\"}{\"event\":\"a\"}\n\n {\"event\"\n:\"a\"\r\n}\t");
    assertThat(result.rows("a")).hasSize(3);
    assertThat(result.batch.read()).isEqualTo(3);
  }

  @Test
  void an_empty_object_has_no_events() {
    assertThat(Normalized.text("").batch.read()).isZero();
    assertThat(Normalized.text(" \n").batch.read()).isZero();
  }

  @Test
  void M15_reading_goes_on_at_the_first_newline_after_a_malformed_value() {
    Normalized result =
        Normalized.text(GOOD.formatted(1) + "\n{\"event\":\"a\",\"n\":tru}\n" + GOOD.formatted(2));
    assertThat(result.rows("a")).hasSize(2);
    assertThat(result.badReasons()).containsExactly("malformed");
    assertThat(new String(result.bad.get(0).raw(), StandardCharsets.UTF_8))
        .isEqualTo("{\"event\":\"a\",\"n\":tru}");
    assertThat(result.bad.get(0).index()).isEqualTo(1);
    assertThat(result.bad.get(0).byteOffset()).isEqualTo(20);
  }

  @Test
  void M15_a_value_that_breaks_off_does_not_take_the_next_line_with_it() {
    Normalized result = Normalized.text("{\"event\":\"a\",\"o\":\n" + GOOD.formatted(2) + "\n");
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.badReasons()).containsExactly("malformed");
  }

  @Test
  void M15_one_message_never_reaches_into_the_next() {
    Normalized result = Normalized.messages("{\"event\":\"a\",\"s\":\"open", GOOD.formatted(1));
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.badReasons()).containsExactly("malformed");
  }

  @Test
  void M15_a_value_that_is_no_object_is_one_bad_event() {
    Normalized result = Normalized.text("42 \"x\" [1,\n2] null " + GOOD.formatted(1) + " 17");
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.badReasons())
        .containsExactly(
            "not_an_object", "not_an_object", "not_an_object", "not_an_object", "not_an_object");
    assertThat(new String(result.bad.get(2).raw(), StandardCharsets.UTF_8)).isEqualTo("[1,\n2]");
  }

  @Test
  void M15_packed_bytes_make_the_rest_of_a_text_object_one_bad_event() {
    byte[] text =
        (GOOD.formatted(1) + "\n??rest\n" + GOOD.formatted(2)).getBytes(StandardCharsets.UTF_8);
    text[20] = 0x1f;
    text[21] = (byte) 0x8b;
    Normalized result =
        Normalized.text(text, NormalizerSettings.DEFAULT, Schema.initial("millrace"));
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.badReasons()).containsExactly("packed_in_text");
    assertThat(result.bad.get(0).rawLength()).isEqualTo(text.length - 20);
  }

  @Test
  void M15_a_top_level_array_in_a_given_file_is_read_as_its_elements() {
    Normalized result =
        Normalized.text(
            "[" + GOOD.formatted(1) + ",\n" + GOOD.formatted(2) + "] " + GOOD.formatted(3),
            NormalizerSettings.DEFAULT.withArraysAreSequences(true));
    assertThat(result.rows("a")).hasSize(3);
    assertThat(result.bad).isEmpty();
  }

  @Test
  void M16_a_byte_order_mark_is_skipped() {
    assertThat(Normalized.text("\ufeff" + GOOD.formatted(1)).rows("a")).hasSize(1);
    assertThat(Normalized.messages("\ufeff" + GOOD.formatted(1)).rows("a")).hasSize(1);
  }

  @Test
  void M16_bytes_that_are_not_utf8_make_the_event_bad_and_only_it() {
    byte[] text =
        (GOOD.formatted(1) + "\n{\"event\":\"a\",\n\"s\":\"??\"}\n" + GOOD.formatted(2))
            .getBytes(StandardCharsets.UTF_8);
    text[39] = (byte) 0xc3;
    text[40] = (byte) 0x28;
    Normalized result =
        Normalized.text(text, NormalizerSettings.DEFAULT, Schema.initial("millrace"));
    assertThat(result.rows("a")).hasSize(2);
    assertThat(result.badReasons()).containsExactly("invalid_utf8");
  }

  @Test
  void M16_nested_deeper_than_400_levels_is_bad() {
    String deep = "{\"event\":\"a\",\"l\":" + "[".repeat(400) + "]".repeat(400) + "}";
    String deepest = "{\"event\":\"a\",\"l\":" + "[".repeat(399) + "]".repeat(399) + "}";
    assertThat(Normalized.text(deep + "\n" + GOOD.formatted(1)).badReasons())
        .containsExactly("too_deep");
    assertThat(Normalized.text(deepest).badReasons()).isEmpty();
  }

  @Test
  void M16_a_hundred_thousand_levels_end_in_a_bad_event() {
    String deep = "{\"event\":\"a\",\"l\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    Normalized result = Normalized.text(deep + GOOD.formatted(1));
    assertThat(result.badReasons()).containsExactly("too_deep");
    assertThat(result.rows("a")).hasSize(1);
  }

  @Test
  void M12_an_event_over_the_limit_is_bad_and_ends_where_its_json_ends() {
    String large = "{\"event\":\"a\",\n\"s\":\"" + "x".repeat(3 << 20) + "\"}";
    Normalized result = Normalized.text(large + GOOD.formatted(1));
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.badReasons()).containsExactly("too_large");
    assertThat(result.bad.get(0).rawLength()).isEqualTo(large.length());
    assertThat(result.bad.get(0).raw()).hasSize(64 * 1024);
  }

  @Test
  void M12_an_event_just_within_the_limit_loads() {
    String frame = "{\"event\":\"a\",\"s\":\"\"}";
    String largest = frame.replace("\"\"", '"' + "x".repeat((1 << 20) - frame.length()) + '"');
    assertThat(Normalized.text(largest).rows("a")).hasSize(1);
    assertThat(Normalized.text(largest.replace("\"a\"", "\"aa\"")).badReasons())
        .containsExactly("too_large");
  }

  @Test
  void a_line_that_never_ends_is_kept_only_in_part() {
    Normalized result = Normalized.text("x".repeat(5 << 20) + "\n" + GOOD.formatted(1));
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.bad.get(0).rawLength()).isEqualTo(5 << 20);
    assertThat(result.bad.get(0).raw()).hasSize(64 * 1024);
  }

  @Test
  void a_stream_that_fails_leaves_what_came_before_and_hands_back_the_rest() {
    InputStream failing =
        new InputStream() {
          private final InputStream start =
              new ByteArrayInputStream(
                  (GOOD.formatted(1) + "\n{\"ev").getBytes(StandardCharsets.UTF_8));

          @Override
          public int read() throws IOException {
            int next = start.read();
            if (next < 0) {
              throw new IOException("gone");
            }
            return next;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int next = read();
            target[offset] = (byte) next;
            return 1;
          }
        };
    assertThatThrownBy(
            () ->
                Normalized.stream(failing, NormalizerSettings.DEFAULT, Schema.initial("millrace")))
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .isInstanceOfSatisfying(
            DamagedObjectException.class,
            damage -> {
              assertThat(damage.remainder()).asString().isEqualTo("{\"ev");
              assertThat(damage.index()).isEqualTo(1);
              assertThat(damage.byteOffset()).isEqualTo(20);
            });
  }
}
