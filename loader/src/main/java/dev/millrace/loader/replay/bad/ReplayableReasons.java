package dev.millrace.loader.replay.bad;

import dev.millrace.normalizer.BadReason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reasons of bad events that can be loaded again. */
public final class ReplayableReasons {
  /** Of what is left of an object or message, which is no event. */
  private static final Set<BadReason> REMAINDERS =
      EnumSet.of(BadReason.TRUNCATED, BadReason.TOO_LARGE_UNPACKED, BadReason.PACKED_IN_TEXT);

  private ReplayableReasons() {}

  /** Their codes. */
  public static List<String> codes() {
    return Arrays.stream(BadReason.values())
        .filter(reason -> !REMAINDERS.contains(reason))
        .map(BadReason::code)
        .toList();
  }

  static Optional<BadReason> of(String code) {
    return Arrays.stream(BadReason.values())
        .filter(reason -> reason.code().equals(code) && !REMAINDERS.contains(reason))
        .findFirst();
  }
}
