package dev.millrace.normalizer.privacy;

import java.util.List;
import java.util.Objects;

/**
 * What becomes of the values at some places. An action on a container acts on all values in it.
 *
 * @param path raw keys joined by dots; {@code *} is one key or list element, {@code **} any number
 *     of them, none included
 * @param action what is done
 */
public record PrivacyRule(String path, PrivacyAction action) {
  static final String ONE = "*";
  static final String ANY = "**";

  public PrivacyRule {
    Objects.requireNonNull(action, "action");
    if (path.isEmpty() || List.of(path.split("\\.", -1)).contains("")) {
      throw new IllegalArgumentException(
          "not a privacy path: '" + path + "'; it is keys joined by dots, such as context.ip");
    }
    if (List.of(path.split("\\.")).stream().allMatch(ANY::equals)) {
      throw new IllegalArgumentException("the privacy path " + path + " is every value there is");
    }
  }

  List<String> segments() {
    return List.of(path.split("\\."));
  }
}
