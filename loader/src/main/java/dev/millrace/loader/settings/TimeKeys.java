package dev.millrace.loader.settings;

import java.time.Duration;
import java.util.List;

/** For how long things are kept, or looked for. */
final class TimeKeys {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration CENTURY = DAY.multipliedBy(36_500);

  static final Setting<Takes.Span> ACROSS_BATCHES =
      new Setting<>(
          "deduplication.across_batches",
          new Takes.Span(HOUR, DAY.multipliedBy(30)),
          "off by default",
          """
          How far back events of earlier batches are looked for: an event that is in a table already,
          received in that time, is counted as a duplicate and not loaded again. Within one batch
          that is always done, and the `_unique` views show each event once whatever is set here.
          Best effort: two batches that are loaded at the same moment don't see each other, and a
          batch of more than 500,000 events is not looked up (counted as the guard
          `deduplication_ids`).

          It costs one query per batch, which reads the columns `_dlt_id`, `_dlt_load_id` and
          `_millrace_received_at` of the batch's root tables over that time, about 60 bytes a row,
          and a batch with duplicates is normalised twice. A stream of 1,000,000 events a day with a
          batch every 10 minutes and a time of 3 days reads up to 180 MB per batch, 26 GB a day:
          about $0.16 a day on demand. On DuckDB it costs no money.""",
          """
          deduplication: {across_batches: 3 days}
          """);

  static final Setting<Takes.Span> PARTITION_EXPIRY =
      new Setting<>(
          "partition_expiry",
          new Takes.Span(DAY, CENTURY),
          "not set by default, and then nothing is ever deleted",
          """
          After which time a day's partition of an event table is deleted by the warehouse. Holds for
          tables that are made after it is set; `_dlt_*` and `_millrace_*` tables keep everything.
          DuckDB has no partitions and keeps all.""",
          """
          partition_expiry: 400 days
          """);

  static final Setting<Takes.Span> LANDING_RETENTION =
      new Setting<>(
          "reconcile.landing_retention",
          new Takes.Span(HOUR, CENTURY),
          "default " + Takes.Span.words(Periods.DEFAULT.landingRetention()),
          """
          How long batch objects stay in the landing bucket. Reconciliation looks no further back.""",
          """
          reconcile: {landing_retention: 90 days}
          """);

  static final Chapter CHAPTER =
      new Chapter(
          "Time",
          "Times are written as whole numbers with `minutes`, `hours` or `days` behind them.",
          List.of(ACROSS_BATCHES, PARTITION_EXPIRY, LANDING_RETENTION));

  private TimeKeys() {}
}
