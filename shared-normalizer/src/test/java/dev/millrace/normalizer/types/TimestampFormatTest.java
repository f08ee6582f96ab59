package dev.millrace.normalizer.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampFormatTest {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

  @Test
  void write_isWhatJavaTimeWrites_forRandomInstants() {
    long seed = 20261123;
    Random random = new Random(seed);
    long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * 1_000_000;
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000 + 999_999;
    for (int round = 0; round < 200_000; round++) {
      long micros = random.nextLong(first, last + 1);
      check(micros, seed);
    }
    check(first, seed);
    check(last, seed);
    check(-1, seed);
    check(0, seed);
  }

  private static void check(long micros, long seed) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    byte[] text = new byte[TimestampFormat.TIMESTAMP_LENGTH + 2];
    TimestampFormat.writeTimestamp(micros, text, 1);
    String written = new String(text, StandardCharsets.US_ASCII);
    assertThat(written).as("seed %d", seed).isEqualTo("\0" + TIMESTAMP.format(instant) + "\0");
    assertThat(Timestamps.detect(text, 1, text.length - 1)).isEqualTo(micros);

    byte[] date = new byte[TimestampFormat.DATE_LENGTH];
    TimestampFormat.writeDate(micros, date, 0);
    assertThat(new String(date, StandardCharsets.US_ASCII)).isEqualTo(DATE.format(instant));
  }

  @Test
  void writeTime_isWhatJavaTimeWrites() {
    Random random = new Random(1);
    for (int round = 0; round < 10_000; round++) {
      long micros = random.nextLong(86_400_000_000L);
      byte[] time = new byte[TimestampFormat.TIME_LENGTH];
      TimestampFormat.writeTime(micros, time, 0);

      assertThat(new String(time, StandardCharsets.US_ASCII))
          .isEqualTo(TIME.format(LocalTime.ofNanoOfDay(micros * 1000)));
    }
  }
}
