package dev.millrace.normalizer.types;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * JSON text made over: compact, strings unescaped, of a repeated key the last value, lone
 * surrogates replaced, NULs left out (departures M14, M16), and numbers as the place they go to
 * needs them.
 */
public final class JsonText {
  private JsonText() {}

  /**
   * An object or array as a json column holds it: a number that does not survive 64 bits or a
   * double becomes a string (departure M16).
   *
   * @throws IllegalArgumentException if {@code json} is not JSON or nests deeper than 400 levels
   */
  public static String forColumn(String json) {
    return madeOver(json, JsonNumber::forColumn);
  }

  /** A number alone, as {@link #forColumn} has those inside. */
  public static String numberForColumn(String number) {
    return new JsonNumber(number).forColumn();
  }

  /**
   * An object or array as a text column holds it: dlt's dump.
   *
   * @throws IllegalArgumentException if {@code json} is not JSON or nests deeper than 400 levels
   */
  public static String forText(String json) {
    return madeOver(json, JsonNumber::forText);
  }

  /**
   * A string's characters as the JSON that they spell, for a json column; null if dlt's decoder
   * takes them for none, which goes for lone surrogates and numbers beyond doubles too.
   */
  static String ofString(String text) {
    Object value = JsonTree.parse(text);
    if (value == null || !isDecodable(value)) {
      return null;
    }
    if (value instanceof JsonNumber number) {
      return number.asDecoded();
    }
    return JsonTree.write(value, JsonNumber::forColumn);
  }

  private static String madeOver(String json, Function<JsonNumber, String> numbers) {
    Object value = JsonTree.parse(json);
    if (value == null) {
      throw new IllegalArgumentException("not JSON, or nested deeper than 400 levels");
    }
    return JsonTree.write(value, numbers);
  }

  private static boolean isDecodable(Object value) {
    if (value instanceof Map<?, ?> object) {
      return object.entrySet().stream()
          .allMatch(entry -> isDecodable(entry.getKey()) && isDecodable(entry.getValue()));
    }
    if (value instanceof List<?> array) {
      return array.stream().allMatch(JsonText::isDecodable);
    }
    if (value instanceof JsonNumber number) {
      return number.isFinite();
    }
    return !(value instanceof String text && JsonString.hasLoneSurrogate(text));
  }
}
