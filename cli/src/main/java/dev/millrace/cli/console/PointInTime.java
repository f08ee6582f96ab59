package dev.millrace.cli.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 2026-11-23}, a day's beginning in UTC, or {@code 2026-11-23T10:00:00Z}. */
public final class PointInTime implements ITypeConverter<Instant> {
  private static final int DAY_LENGTH = 10;

  @Override
  public Instant convert(String text) {
    try {
      return text.length() <= DAY_LENGTH
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is no time: write 2026-11-23 or 2026-11-23T10:00:00Z");
    }
  }
}
