package dev.millrace.function.log;

import dev.millrace.loader.log.JsonRecords;

/** Takes one line per outcome. Thread-safe. */
@FunctionalInterface
public interface OutcomeLog {
  void write(LogLine line);

  /**
   * Cloud Run's form on Cloud Run, which sets {@code K_SERVICE}: then what others log is written as
   * JSON, too, from now on. Pairs for a person elsewhere.
   */
  static OutcomeLog ofEnvironment() {
    if (System.getenv("K_SERVICE") == null) {
      return new PairLog(System.getLogger("millrace"));
    }
    new JsonRecords(System.out).install();
    return new JsonLog(System.out, System.getenv("GOOGLE_CLOUD_PROJECT"));
  }
}
