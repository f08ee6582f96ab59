package dev.millrace.function;

/** Takes one line per outcome. Thread-safe. */
@FunctionalInterface
interface OutcomeLog {
  void write(LogLine line);

  /** Cloud Run's form on Cloud Run, which sets {@code K_SERVICE}; else pairs for a person. */
  static OutcomeLog ofEnvironment() {
    return System.getenv("K_SERVICE") == null
        ? new PairLog(System.getLogger("millrace"))
        : new JsonLog(System.out, System.getenv("GOOGLE_CLOUD_PROJECT"));
  }
}
