package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.types.PythonText;
import dev.millrace.normalizer.types.RawValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Finds the {@code _dlt_id} that an object brings with it (M3, spec 2.4). */
final class TrustedIds {
  private static final byte[] KEY = "\"_dlt_id\"".getBytes(StandardCharsets.UTF_8);

  private final TopLevelKeys keys = new TopLevelKeys();

  /**
   * The id as it came; null if the value at {@code start} is no object or has none that Python
   * holds for true.
   */
  RawValue of(JsonBytes json, int start) throws BadValueException, IncompleteException {
    if (json.bytes()[start] != '{' || !keys.find(json, start, KEY)) {
      return null;
    }
    byte[] bytes = json.bytes();
    int from = keys.from();
    int to = keys.to();
    switch (bytes[from]) {
      case '"' -> {
        String text = JsonText.decode(bytes, from + 1, to - 1);
        return text.isEmpty() ? null : new RawValue(RawValue.Kind.STRING, text);
      }
      case 't' -> {
        return new RawValue(RawValue.Kind.BOOL, "true");
      }
      case 'n', 'f', '{', '[' -> {
        return null;
      }
      default -> {
        String number = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        if (Double.parseDouble(number) == 0) {
          return null;
        }
        boolean whole = number.chars().allMatch(each -> each == '-' || each >= '0' && each <= '9');
        return new RawValue(whole ? RawValue.Kind.INT : RawValue.Kind.FLOAT, number);
      }
    }
  }

  /** The id as Python's {@code str} has it, which is what children's ids are made of. */
  static String text(RawValue id) {
    return switch (id.kind()) {
      case STRING, JSON -> id.text();
      case BOOL -> PythonText.of(id.text().equals("true"));
      case INT -> new BigInteger(id.text()).toString();
      case FLOAT -> PythonText.of(Double.parseDouble(id.text()));
    };
  }
}
