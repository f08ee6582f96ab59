package dev.millrace.publisher;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Warns at most once a minute per kind of trouble, and then says how many it kept quiet about. */
final class TroubleLog {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final System.Logger logger;
  private final Clock clock;
  private final Map<Enum<?>, Instant> lastSaid = new HashMap<>();
  private final Map<Enum<?>, Long> unsaid = new HashMap<>();

  TroubleLog(System.Logger logger, Clock clock) {
    this.logger = logger;
    this.clock = clock;
  }

  /**
   * @param sentence never holds an event's values
   */
  void warn(Enum<?> kind, String sentence) {
    long before;
    synchronized (this) {
      Instant now = clock.instant();
      Instant last = lastSaid.get(kind);
      if (last != null && now.isBefore(last.plus(QUIET))) {
        unsaid.merge(kind, 1L, Long::sum);
        return;
      }
      lastSaid.put(kind, now);
      Long kept = unsaid.remove(kind);
      before = kept == null ? 0 : kept;
    }
    logger.log(
        System.Logger.Level.WARNING,
        before == 0 ? sentence : sentence + " (" + before + " more like it since the last line)");
  }
}
