package dev.millrace.normalizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.BatchRecord.Form;
import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What nobody should send. Each ends in rows, in bad events, or in both, in time and memory that do
 * not grow faster than its length: the limits here are many times what is needed.
 */
@Tag("once")
@Timeout(60)
class HostileBatchesTest {
  private static final int MIB = 1 << 20;
  private static final String GOOD = "{\"event\":\"good\",\"n\":1}";
  private static final String[] COLUMN_VALUES = {
    "1", "1.5", "true", "\"x\"", "\"2026-01-02T03:04:05Z\"", "{\"a\":[]}"
  };

  private static BatchRecord checked(String text) throws IOException {
    return checked(text.getBytes(UTF_8), Form.TEXT);
  }

  private static BatchRecord checked(byte[] bytes, Form form) throws IOException {
    BatchRecord record =
        BatchRecord.of(
            List.of(bytes),
            form,
            NormalizerSettings.DEFAULT,
            Schema.initial("millrace"),
            Map.of(),
            "1700000000.1");
    BatchChecks.check(record);
    return record;
  }

  /** The same bytes whole and in the smallest pieces must give the same. */
  private static NormalizedBatch checkedInAllForms(byte[] bytes) throws IOException {
    BatchRecord text = checked(bytes, Form.TEXT);
    String printed = text.printed();
    assertThat(checked(bytes, Form.TEXT_BY_THE_BYTE).printed()).isEqualTo(printed);
    return text.batch();
  }

  private static InputStream repeated(String piece, long bytes) {
    byte[] block = piece.repeat(65_536 / piece.length()).getBytes(UTF_8);
    return new InputStream() {
      private long left = bytes;

      @Override
      public int read() {
        throw new UnsupportedOperationException("one byte at a time");
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (left == 0) {
          return -1;
        }
        int at = (int) ((bytes - left) % block.length);
        int count = (int) Math.min(Math.min(length, block.length - at), left);
        System.arraycopy(block, at, target, offset, count);
        left -= count;
        return count;
      }
    };
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static Normalized stream(InputStream... parts) {
    return Normalized.stream(
        new SequenceInputStream(Collections.enumeration(List.of(parts))),
        NormalizerSettings.DEFAULT,
        Schema.initial("millrace"));
  }

  @Test
  void truncated_json_at_every_byte() throws IOException {
    String event = "{\"event\":\"a\",\"o\":{\"l\":[1,-2.5e3,\"\\u00fc\\n\",true,null]}}";
    for (int length = 1; length < event.length(); length++) {
      NormalizedBatch batch = checkedInAllForms(event.substring(0, length).getBytes(UTF_8));
      assertThat(batch.bad()).as("cut at %d", length).isEqualTo(1);
    }
  }

  @Test
  void every_byte_that_is_not_utf8_in_every_place() throws IOException {
    byte[] event = "{\"event\":\"a\",\"ü\":\"日本\",\"l\":[\"😀\"]}".getBytes(UTF_8);
    for (int at = 0; at < event.length; at++) {
      for (int value : new int[] {0x00, 0x1f, 0x80, 0xbf, 0xc0, 0xc3, 0xed, 0xf5, 0xff}) {
        byte[] damaged = event.clone();
        damaged[at] = (byte) value;
        checkedInAllForms(damaged);
      }
    }
  }

  @Test
  void surrogates_that_stand_alone_wherever_a_string_can_be() throws IOException {
    BatchRecord record =
        checked(
            "{\"event\":\"a\\ud800\",\"k\\udc00\":\"\\ud800\",\"l\":[\"\\udbff\\ud800\\udc00\"],"
                + "\"messageId\":\"\\ud800\",\"o\":"
                + "[".repeat(25)
                + "{\"\\ud800\":\"\\udc00\\u0000\"}"
                + "]".repeat(25)
                + "}");
    assertThat(record.batch().loaded()).isEqualTo(1);
  }

  @Test
  void byte_order_marks_before_and_between_events() throws IOException {
    BatchRecord record = checked("\ufeff" + GOOD + "\n\ufeff" + GOOD + "\n" + GOOD);
    assertThat(record.batch().loaded()).isEqualTo(2);
    assertThat(record.batch().bad()).isEqualTo(1);
  }

  @Test
  void a_hundred_thousand_levels() {
    Normalized result =
        stream(
            repeated("[", 100_000),
            repeated("]", 100_000),
            text("{\"event\":\"a\",\"l\":"),
            repeated("[", 100_000),
            repeated("]", 100_000),
            text("}{\"event\":\"a\",\"l\":"),
            repeated("{\"a\":", 500_000),
            text("1"),
            repeated("}", 100_000),
            text("}" + GOOD));
    assertThat(result.badReasons()).containsExactly("not_an_object", "too_deep", "too_deep");
    assertThat(result.rows("good")).hasSize(1);
  }

  @Test
  void a_string_of_100_MB() {
    Normalized result =
        stream(
            text("{\"event\":\"a\",\"s\":\""),
            repeated("x", 100_000_000),
            text("\"}\n\""),
            repeated("y", 100_000_000),
            text("\"" + GOOD));
    assertThat(result.badReasons()).containsExactly("too_large", "not_an_object");
    assertThat(result.rows("good")).hasSize(1);
  }

  @Test
  void a_key_of_100_MB_and_one_that_never_ends() {
    Normalized result =
        stream(
            text("{\""),
            repeated("k", 100_000_000),
            text("\":1}" + GOOD + "{\""),
            repeated("k", 100_000_000));
    assertThat(result.badReasons()).containsExactly("too_large", "malformed");
    assertThat(result.rows("good")).hasSize(1);
  }

  @Test
  void a_million_keys_in_one_object() {
    Normalized result = stream(text("{\"event\":\"a\""), text(keys(1_000_000)), text("}" + GOOD));
    assertThat(result.badReasons()).containsExactly("too_large");
    assertThat(result.rows("good")).hasSize(1);
  }

  @Test
  void as_many_keys_as_an_event_may_have() throws IOException {
    BatchRecord record = checked("{\"event\":\"a\"" + keys(90_000) + "}");
    assertThat(record.batch().loaded()).isEqualTo(1);
    assertThat(record.batch().guards().get("columns_per_table")).isGreaterThan(87_000);
  }

  private static String keys(int count) {
    StringBuilder keys = new StringBuilder();
    IntStream.range(0, count)
        .forEach(i -> keys.append(",\"").append(Integer.toString(i, 36)).append("\":1"));
    return keys.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7%s",
        "-7%s",
        "7%s.5",
        "0.%s7",
        "1.%s",
        "7%se5",
        "1e%s",
        "1e-%s",
        "-1E+%s",
        "0e%s",
        "1%1$s.%1$se-10000"
      })
  void numbers_of_10_000_digits_in_columns_of_every_type(String pattern) throws IOException {
    for (String digit : new String[] {"0", "3"}) {
      String number = pattern.formatted(digit.repeat(10_000));
      StringBuilder text = new StringBuilder("{\"event\":\"first\",\"n\":" + number + "}\n");
      for (String value : COLUMN_VALUES) {
        String event = "{\"event\":\"c" + value.hashCode() + "\",\"n\":%s,\"messageId\":%s}\n";
        text.append(event.formatted(value, 1)).append(event.formatted(number, number));
        text.append(event.formatted('"' + number + '"', 2));
      }
      String deep = "[".repeat(30) + number + "]".repeat(30);
      text.append("{\"event\":\"deep\",\"n\":").append(deep).append("}\n");
      text.append("{\"event\":\"deep\",\"n\":").append(deep).append("}\n");
      BatchRecord record = checked(text.toString());
      assertThat(record.batch().bad()).isZero();
    }
  }

  @Test
  void a_number_as_long_as_an_event_may_be() throws IOException {
    for (String start : new String[] {"7", "0.7", "1.0", "1e7"}) {
      String number = start + "0".repeat(MIB - 200) + (start.equals("7") ? "" : "7");
      BatchRecord record =
          checked(
              "{\"event\":\"a\",\"n\":"
                  + number
                  + "}\n{\"event\":\"b\",\"n\":"
                  + "[".repeat(40)
                  + number
                  + "]".repeat(40)
                  + "}");
      assertThat(record.batch().loaded()).isEqualTo(2);
    }
  }

  @Test
  void repeated_keys_at_every_level() throws IOException {
    String deep = "{\"a\":1,\"a\":";
    BatchRecord record =
        checked(
            "{\"event\":\"a\",\"x\":1"
                + ",\"x\":[1]".repeat(50_000)
                + "}\n"
                + deep.repeat(390)
                + "\""
                + "y".repeat(MIB - 20_000)
                + "\""
                + "}".repeat(390));
    assertThat(record.batch().loaded()).isEqualTo(2);
    assertThat(record.batch().rows()).containsEntry("a__x", 1L);
  }

  @Test
  void scalars_arrays_and_NUL_bytes_at_the_top() throws IOException {
    NormalizedBatch batch =
        checkedInAllForms(
            ("1 -2.5e3 \"s\" true false null [] [[{\"a\":1}]] "
                    + GOOD
                    + "\n\0\0\0\n"
                    + GOOD
                    + "\n{\"a\":\0}\n{\"a\":\"\0\"}\n0")
                .getBytes(UTF_8));
    assertThat(batch.loaded()).isEqualTo(2);
    assertThat(batch.bad()).isEqualTo(12);
  }

  @Test
  void several_values_on_a_line_and_one_over_many_lines() throws IOException {
    NormalizedBatch batch =
        checkedInAllForms(
            (GOOD + GOOD + " " + GOOD + "\t{\n\n\"event\"\n:\r\n\"good\"\n\n}\n,\n" + GOOD)
                .getBytes(UTF_8));
    assertThat(batch.loaded()).isEqualTo(5);
    assertThat(batch.bad()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[\n", "{\"a\":[\n", "{\"a\":{\"b\":\n", "[[[[[[[[\n", "{\"a\":[1,2,3,\n"})
  void M15_lines_that_only_open_something(String line) throws IOException {
    String opened = line.repeat((MIB - 100) / line.length());
    for (Form form : Form.values()) {
      BatchRecord record = checked((opened + "x\n" + GOOD).getBytes(UTF_8), form);
      assertThat(record.batch().loaded()).isEqualTo(1);
      assertThat(record.batch().bad()).isGreaterThan(50_000);
    }
  }

  @Test
  void M15_wide_levels_around_a_fault() throws IOException {
    String level = "{\"a\":[" + "1,".repeat(2_600) + "\n";
    BatchRecord record = checked(level.repeat(195) + "x\n" + GOOD);
    assertThat(record.batch().loaded()).isEqualTo(1);
    assertThat(record.batch().bad()).isEqualTo(196);
  }

  @Test
  void M15_inside_a_malformed_value_the_good_ones_are_found() throws IOException {
    NormalizedBatch batch =
        checkedInAllForms(
            ("{\"a\":[\n{\"b\":[\n" + GOOD + "\n,\n[1,\n2]\n{\"c\":\n" + GOOD + "\n")
                .getBytes(UTF_8));
    assertThat(batch.loaded()).isEqualTo(2);
  }

  @Test
  void what_is_bad_does_not_depend_on_how_many_bytes_are_at_hand() throws IOException {
    String padding = "\"s\":\"" + "x".repeat(MIB) + "\"";
    StringBuilder text = new StringBuilder("{" + padding + "}\n");
    text.append("{\"a\":01}{\"b\":1}\n");
    text.append("{\"a\":01,").append(padding).append("}").append(GOOD).append('\n');
    text.append("{").append(padding).append(",\"a\":01}").append(GOOD).append('\n');
    text.append("{").append(padding).append(",\n\"a\":x}").append(GOOD).append('\n');
    text.append("{\"l\":").append("[".repeat(500)).append("\n,").append(padding).append('\n');
    text.append(GOOD).append('\n').append(padding).append(GOOD);
    byte[] bytes = text.toString().getBytes(UTF_8);
    checkedInAllForms(bytes);
    bytes[10] = (byte) 0xff;
    checkedInAllForms(bytes);
  }

  @Test
  void an_event_that_comes_byte_by_byte() throws IOException {
    String large = "{\"event\":\"a\",\"s\":\"" + "x".repeat(MIB - 100) + "\"}";
    BatchRecord record = checked((large + GOOD).getBytes(UTF_8), Form.TEXT_BY_THE_BYTE);
    assertThat(record.batch().loaded()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"a\",\"%d%s\":1}\n",
        "{\"event\":\"a\",\"%d%s\":[]}\n",
        "{\"event\":\"a\",\"%d%s\":{}}\n",
        "{\"event\":\"a\",\"%d%s\":[1]}\n",
        "{\"event\":\"%d%s\"}\n",
        "{\"event\":\"%d%s\",x\n"
      })
  void names_that_never_come_again_take_no_memory(String event) {
    neverAgain(event, 100_000, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"event\":\"a\",\"%d%s\":1}\n", "{\"event\":\"%d%s\"}\n"})
  void long_names_that_never_come_again_take_no_memory(String event) {
    neverAgain(event, 400, "x".repeat(500_000));
  }

  private static void neverAgain(String event, int events, String padding) {
    Iterator<InputStream> each =
        IntStream.range(0, events).mapToObj(i -> text(event.formatted(i, padding))).iterator();
    CountingSink rows = new CountingSink();
    NormalizedBatch batch = rows.normalize(each);
    assertThat(batch.read()).isEqualTo(events);
    assertThat(rows.count).isEqualTo(batch.loaded());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"x\"", "{}", "[]", "[1]", "{\"a\":1}", "[{}]"})
  void long_keys_around_as_many_others_as_fit(String value) throws IOException {
    for (String key : new String[] {"k".repeat(500_000), "k"}) {
      StringBuilder event = new StringBuilder("{\"event\":\"a\",\"" + key + "\":{\"\":0");
      for (int i = 0; event.length() < MIB - 100; i++) {
        event.append(",\"").append(Integer.toString(i, 36)).append("\":").append(value);
      }
      assertThat(checked(event + "}}").batch().loaded()).isEqualTo(1);
    }
  }

  @Test
  void M7_as_many_collisions_as_fit() throws IOException {
    String around = "k".repeat(400_000);
    for (String value : new String[] {"1", "[]"}) {
      StringBuilder keys = new StringBuilder("\"\":0");
      for (int i = 0; keys.length() < MIB / 4; i++) {
        keys.append(",\"").append(Integer.toString(i, 36)).append("\":").append(value);
      }
      String event = "{\"event\":\"a\",\"%s\":{\"x\":{%s},\"X\":{%s}}}";
      BatchRecord record = checked(event.formatted(around, keys, keys));
      assertThat(record.batch().loaded()).isEqualTo(1);
    }
  }

  @Test
  void M7_one_raw_path_in_16_thousand_spellings() throws IOException {
    for (String value : new String[] {"1", "[1]"}) {
      StringBuilder event = new StringBuilder("{\"event\":\"a\"");
      spellings(event, 14, value);
      BatchRecord record = checked(event + "}");
      assertThat(record.batch().loaded()).isEqualTo(1);
    }
  }

  /** Every way to write {@code a__a__…} as keys of objects in objects. */
  private static void spellings(StringBuilder text, int parts, String value) {
    for (int first = 1; first <= parts; first++) {
      text.append(",\"a").append("__a".repeat(first - 1)).append("\":");
      if (first == parts) {
        text.append(value);
      } else {
        text.append("{\"z\":null");
        spellings(text, parts - first, value);
        text.append('}');
      }
    }
  }

  @Test
  void as_many_list_elements_as_fit() throws IOException {
    for (String element : new String[] {"1", "[]", "{}", "null"}) {
      String list = element + ("," + element).repeat((MIB - 100) / (element.length() + 1));
      InputStream event = text("{\"event\":\"a\",\"l\":[" + list + "]}");
      NormalizedBatch batch = new CountingSink().normalize(List.of(event).iterator());
      assertThat(batch.rows().get("a__l")).isGreaterThan(200_000);
    }
  }

  /** Looks at no row, so that memory is the normaliser's alone. */
  private static final class CountingSink {
    private long count;

    NormalizedBatch normalize(Iterator<InputStream> parts) {
      Normalizer normalizer =
          new Normalizer(
              Schema.initial("millrace"),
              Map.of(),
              NormalizerSettings.DEFAULT,
              "1700000000.1",
              (table, buffer, offset, length, rows) -> count += table.contains("__") ? 0 : rows,
              bad -> {});
      try {
        normalizer.text(new SequenceInputStream(enumeration(parts)), Normalized.ORIGIN);
        return normalizer.finish();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Enumeration<InputStream> enumeration(Iterator<InputStream> parts) {
      return new Enumeration<>() {
        @Override
        public boolean hasMoreElements() {
          return parts.hasNext();
        }

        @Override
        public InputStream nextElement() {
          return parts.next();
        }
      };
    }
  }
}
