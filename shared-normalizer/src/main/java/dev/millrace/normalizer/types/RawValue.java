package dev.millrace.normalizer.types;

import java.util.Objects;

/**
 * A value of an event as it came; nulls are not values.
 *
 * @param kind what JSON says it is
 * @param text {@code true} or {@code false}; a number as written; a string's characters, decoded;
 *     of an object or array that is kept whole, its JSON
 */
public record RawValue(Kind kind, String text) {
  /** What JSON says a value is. A number with a fraction or an exponent is a {@link #FLOAT}. */
  public enum Kind {
    BOOL,
    INT,
    FLOAT,
    STRING,
    JSON
  }

  public RawValue {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }
}
