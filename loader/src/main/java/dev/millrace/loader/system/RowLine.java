package dev.millrace.loader.system;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row of a system table, in the form of the parts: newline JSON, nulls left out, integers
 * beyond 2⁵³ as strings, timestamps with microseconds, binary as base64.
 */
public final class RowLine {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long LARGEST_EXACT_INTEGER = 1L << 53;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Sets a text; null leaves the column out. */
  public RowLine text(String column, String value) {
    return set(column, value);
  }

  public RowLine number(String column, long value) {
    boolean exact = Math.abs(value) <= LARGEST_EXACT_INTEGER;
    return set(column, exact ? (Object) value : Long.toString(value));
  }

  public RowLine bool(String column, boolean value) {
    return set(column, value);
  }

  public RowLine binary(String column, byte[] value) {
    return set(column, Base64.getEncoder().encodeToString(value));
  }

  public RowLine timestamp(String column, Instant value) {
    return set(column, TIMESTAMP.format(value));
  }

  /**
   * @param micros since 1970 UTC
   */
  public RowLine timestamp(String column, long micros) {
    return timestamp(column, Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** Sets a json column from maps, lists, texts and numbers. */
  public RowLine json(String column, Object value) {
    return set(column, value);
  }

  private RowLine set(String column, Object value) {
    if (value != null) {
      values.put(column, value);
    }
    return this;
  }

  /** The row as a JSON object in UTF-8. */
  public byte[] toJson() {
    return JSON.writeValueAsBytes(values);
  }

  /** The line, with its newline, in UTF-8. */
  public byte[] toBytes() {
    byte[] json = toJson();
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }
}
