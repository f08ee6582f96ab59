package dev.millrace.normalizer.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.Vectors;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TimestampsTest {
  @Test
  void detect_givesWhatDltGives_forTheWholeGrid() {
    Set<String> textByM6 =
        Vectors.list(Vectors.read("departures").get("iso_grid").get("text")).stream()
            .map(JsonNode::stringValue)
            .collect(Collectors.toSet());
    int departures = 0;
    for (JsonNode vector : Vectors.list(Vectors.read("vectors/types-iso-grid").get("cases"))) {
      String text = vector.get(0).stringValue();
      String dlt = vector.get(1).isNull() ? null : vector.get(1).stringValue();
      boolean departs = dlt != null && dlt.startsWith("error:");
      departures += departs ? 1 : 0;

      assertThat(textByM6.contains(text)).as(text).isEqualTo(departs);
      assertThat(written(Timestamps.detect(text))).as(text).isEqualTo(departs ? null : dlt);
      assertThat(detectBytes(text)).as(text).isEqualTo(Timestamps.detect(text));
    }
    assertThat(departures).isEqualTo(textByM6.size());
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-01T10:00:00Z, 2024-05-01T10:00:00.000000Z",
    "2024-05-01T10:00:00.5Z, 2024-05-01T10:00:00.500000Z",
    "2024-05-01T10:00:00.1234569Z, 2024-05-01T10:00:00.123456Z",
    "'2024-05-01T10:00:00,25+02:00', 2024-05-01T08:00:00.250000Z",
    "2024-05-01 23:30:00-05:30, 2024-05-02T05:00:00.000000Z",
    "2024-02-29T00:00:00, 2024-02-29T00:00:00.000000Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
    "2024/05/01 10:20:30, 2024-05-01T10:20:30.000000Z",
    "202412210:20:30, 2024-12-21T00:20:30.000000Z",
    "٢٠٢٤/٠٥/٠١ ١٠:٢٠, 2024-05-01T10:20:00.000000Z",
    "20241:2, 2024-01-01T01:02:00.000000Z",
  })
  void detect_readsDateAndTime(String text, String expected) {
    assertThat(written(Timestamps.detect(text))).isEqualTo(expected);
    assertThat(written(detectBytes(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "2024",
        "2024-05-01",
        "10:20:30",
        "2023-02-29T00:00:00Z",
        "2024-05-01T24:00:00Z",
        "2024-05-01T10:00:60Z",
        "2024-05-01T10:00:00.Z",
        "2024-05-01T10:00:00z",
        "2024-05-01t10:00:00Z",
        "2024-05-01T10:00:00 Z",
        "2024-05-01T10:00:00Z ",
        " 2024-05-01T10:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-05:00",
        "0001-01-01T00:00:00+05:00",
        "2024-05-01T10:00:00+24:00",
        "2024-05-01T10:00:00-99:99",
        "2024-0a-01T10:00:00Z",
        "20a4-05-01T10:00:00Z",
        "２０２４-05-01T10:00:00Z",
        "P1DT1H",
      })
  void detect_leavesOtherTextsAlone(String text) {
    assertThat(Timestamps.detect(text)).isEqualTo(Timestamps.NOT_A_TIMESTAMP);
    assertThat(detectBytes(text)).isEqualTo(Timestamps.NOT_A_TIMESTAMP);
  }

  @Test
  void detect_ofBytes_readsOnlyWithinItsBounds() {
    byte[] bytes = "12024-05-01T10:00:00.5Z7".getBytes(StandardCharsets.US_ASCII);

    assertThat(Timestamps.detect(bytes, 1, bytes.length - 1))
        .isEqualTo(Timestamps.detect("2024-05-01T10:00:00.5Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-01, 2024-05-01T00:00:00Z",
    "2024, 2024-01-01T00:00:00Z",
    "20240501, 2024-05-01T00:00:00Z",
    "2024-W18-3, 2024-05-01T00:00:00Z",
    "202405, 1970-01-03T08:13:25Z",
    "' 10 ', 1970-01-01T00:00:10Z",
    "1_000, 1970-01-01T00:16:40Z",
    "-0.25, 1969-12-31T23:59:59.750Z",
    "0.0000015, 1970-01-01T00:00:00.000002Z",
    "0.0000025, 1970-01-01T00:00:00.000002Z",
    "-62135596800, 0001-01-01T00:00:00Z",
  })
  void lenient_takesDatesAndEpochSeconds(String text, Instant expected) {
    assertThat(Instant.EPOCH.plus(Timestamps.lenient(text), ChronoUnit.MICROS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "10:00", "0x10", "1e12", "nan", "inf", "-62135596800.5", "2024-13"})
  void lenient_refusesWhatIsNoInstant(String text) {
    assertThat(Timestamps.lenient(text)).isEqualTo(Timestamps.NOT_A_TIMESTAMP);
  }

  @ParameterizedTest
  @CsvSource({
    "10:00, 36000000000",
    "T10, 36000000000",
    "T1000, 36000000000",
    "T100000.5, 36000500000",
    "10:00:00.5, 36000500000",
    "10:00+02:00, 28800000000",
    "00:30+01:00, 84600000000",
    "1:2, 3720000000",
  })
  void timeOfDay_readsTimesAlone(String text, long micros) {
    assertThat(Timestamps.timeOfDay(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10", "1000", "24:00", "10:00-24:00", "2024-05-01T10:00", "T10:00:00", "1:"})
  void timeOfDay_refusesOtherTexts(String text) {
    assertThat(Timestamps.timeOfDay(text)).isEqualTo(Timestamps.NOT_A_TIMESTAMP);
  }

  private static long detectBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Timestamps.detect(bytes, 0, bytes.length);
  }

  private static String written(long micros) {
    if (micros == Timestamps.NOT_A_TIMESTAMP) {
      return null;
    }
    byte[] text = new byte[TimestampFormat.TIMESTAMP_LENGTH];
    TimestampFormat.writeTimestamp(micros, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
