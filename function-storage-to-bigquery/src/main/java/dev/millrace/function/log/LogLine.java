package dev.millrace.function.log;

import dev.millrace.loader.ports.LoadError;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is logged of one outcome: fields, of which {@code outcome} is the first. Values are texts
 * and whole numbers. No field ever holds what is in an event.
 */
public final class LogLine {
  private final Level level;
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /**
   * @param outcome one word that filters go by
   */
  public LogLine(Level level, String outcome) {
    this.level = level;
    fields.put("outcome", outcome);
  }

  /** Adds a text; an empty or null one adds nothing. */
  public LogLine with(String key, String value) {
    if (value != null && !value.isEmpty()) {
      fields.put(key, value);
    }
    return this;
  }

  /** Adds a whole number. */
  public LogLine with(String key, long value) {
    fields.put(key, value);
    return this;
  }

  /** Adds whole milliseconds, as {@code <key>_ms}. */
  public LogLine with(String key, Duration value) {
    return with(key + "_ms", value.toMillis());
  }

  /** Adds a failure: its code, whose fault it is, and a sentence. */
  public LogLine with(LoadError error, String detail) {
    return with("code", error.code())
        .with("blame", error.blame().name().toLowerCase(Locale.ROOT))
        .with("detail", detail);
  }

  public Level level() {
    return level;
  }

  /** The fields, in their order. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** The text under a key; empty if there is none. */
  public String text(String key) {
    return fields.getOrDefault(key, "").toString();
  }
}
