package dev.millrace.cli.cost;

import java.time.Duration;

/** What a month's bill depends on. A month has 30 days. */
record Workload(Traffic traffic, Batching batching, Keeping keeping) {
  static final Duration MONTH = Duration.ofDays(30);

  /**
   * How the Cloud Storage subscription cuts batches.
   *
   * @param filesPerWindow Pub/Sub writes from several machines at once, so even a quiet topic may
   *     fill more than one file
   */
  record Batching(Duration window, double filesPerWindow) {
    /** Batch objects in a month. */
    double files() {
      return (double) MONTH.toSeconds() / window.toSeconds() * filesPerWindow;
    }
  }

  /**
   * How long data is kept.
   *
   * @param landingDays batches in the landing bucket, to replay from
   * @param tableMonths rows in the tables
   */
  record Keeping(int landingDays, int tableMonths) {}

  Workload withEvents(long events) {
    return new Workload(traffic.withEvents(events), batching, keeping);
  }
}
