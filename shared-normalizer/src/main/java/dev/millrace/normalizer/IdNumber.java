package dev.millrace.normalizer;

import dev.millrace.normalizer.types.PythonText;
import java.util.ArrayList;
import java.util.List;

/**
 * Ids that are numbers. A number has one spelling for each type of column that it may stand in, and
 * is known by those alone: {@code 1e5} is 100000 in a bigint column and 100000.0 in a text one.
 */
public final class IdNumber {
  private static final double LONGS_END = 0x1p63;

  private IdNumber() {}

  /**
   * How columns spell a number.
   *
   * @param json the number as JSON has it
   */
  static List<String> spellings(String json) {
    boolean isWhole = json.chars().allMatch(each -> each == '-' || each >= '0' && each <= '9');
    if (isWhole) {
      return List.of(json.equals("-0") ? "0" : json);
    }
    double value = Double.parseDouble(json);
    return Double.isInfinite(value) ? List.of(json) : spellings(value);
  }

  /** How columns spell what a double column holds. */
  public static List<String> spellings(double value) {
    List<String> spellings = new ArrayList<>(List.of(PythonText.of(value)));
    if (value == Math.rint(value) && Math.abs(value) < LONGS_END) {
      spellings.add(0, Long.toString((long) value));
    }
    return spellings;
  }
}
