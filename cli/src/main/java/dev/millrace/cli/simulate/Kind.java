package dev.millrace.cli.simulate;

import java.util.Map;

/** One kind of simulated events. */
@FunctionalInterface
interface Kind {
  /** A new event without {@code messageId} and {@code timestamp}; may be changed by the caller. */
  Map<String, Object> draw(Draw draw);
}
