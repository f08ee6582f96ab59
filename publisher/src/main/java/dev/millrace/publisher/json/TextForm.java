package dev.millrace.publisher.json;

import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;

/** Values that JSON has no form for and that have one as text. */
final class TextForm {
  private TextForm() {}

  /** The text, ISO 8601 for dates and times; null if such a value has none. */
  static String of(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof OffsetDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
    if (value instanceof ZonedDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    if (value instanceof Date date) {
      return Instant.ofEpochMilli(date.getTime()).toString();
    }
    if (value instanceof Locale locale) {
      return locale.toLanguageTag();
    }
    boolean speaksForItself =
        value instanceof Instant
            || value instanceof LocalDate
            || value instanceof Duration
            || value instanceof UUID
            || value instanceof URI
            || value instanceof URL
            || value instanceof Currency;
    return speaksForItself ? value.toString() : null;
  }
}
