package dev.millrace.loader.replay.bad;

import dev.millrace.normalizer.BadReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reasons of bad events that can be loaded again. What is left of a damaged object is no event.
 */
public final class ReplayableReasons {
  private static final Set<BadReason> ALL =
      EnumSet.of(
          BadReason.MALFORMED,
          BadReason.INVALID_UTF8,
          BadReason.NOT_AN_OBJECT,
          BadReason.TOO_DEEP,
          BadReason.TOO_LARGE,
          BadReason.NULL_IN_REQUIRED,
          BadReason.CANNOT_COERCE,
          BadReason.CONTRACT_FROZEN,
          BadReason.CONTRACT_DISCARDED);

  private ReplayableReasons() {}

  /** Their codes. */
  public static List<String> codes() {
    return ALL.stream().map(BadReason::code).toList();
  }

  static Optional<BadReason> of(String code) {
    return ALL.stream().filter(reason -> reason.code().equals(code)).findFirst();
  }
}
