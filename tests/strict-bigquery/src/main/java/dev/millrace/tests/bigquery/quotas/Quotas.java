package dev.millrace.tests.bigquery.quotas;

import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps count of what {@link Limits} limits, by the clock that it is given. Counts belong to names:
 * dropping a table and creating it anew gives nothing back (docs page "Quotas and limits"). Each
 * method throws a {@link RefusedException} with BigQuery's reason and message once a quota is used
 * up. Thread-safe.
 */
public final class Quotas {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final String MORE =
      " For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas";

  private final Clock clock;
  private final Map<String, Window> loadJobs = new HashMap<>();
  private final Map<TableName, Window> updates = new HashMap<>();
  private final Map<TableName, Window> modifications = new HashMap<>();
  private Limits limits;

  public Quotas(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** From now on other limits hold; what is counted stays counted. */
  public synchronized void limits(Limits others) {
    limits = others;
  }

  /** A load job begins. */
  public synchronized void loadJob(String project) {
    Window window = loadJobs.computeIfAbsent(project, key -> new Window(DAY));
    if (!window.take(clock.instant(), 1, limits.loadJobsPerProjectAndDay())) {
      throw exceeded(
          Reason.QUOTA_EXCEEDED,
          "Quota exceeded: Your project exceeded quota for imports per project.");
    }
  }

  /** A table's metadata is updated: by DDL, or because a job appends to it. */
  public synchronized void tableUpdate(TableName table, boolean partitioned) {
    Window window = updates.computeIfAbsent(table, key -> new Window(TEN_SECONDS));
    int limit =
        partitioned
            ? limits.partitionedTableUpdatesPer10Seconds()
            : limits.tableUpdatesPer10Seconds();
    if (!window.take(clock.instant(), 1, limit)) {
      throw exceeded(
          Reason.RATE_LIMIT_EXCEEDED,
          "Exceeded rate limits: too many table update operations for this table.");
    }
  }

  /** A load into a table that is not partitioned. */
  public synchronized void modification(TableName table) {
    Window window = modifications.computeIfAbsent(table, key -> new Window(DAY));
    if (!window.take(clock.instant(), 1, limits.modificationsPerTableAndDay())) {
      throw exceeded(
          Reason.QUOTA_EXCEEDED,
          "Quota exceeded: Your table exceeded quota for imports or query appends per table.");
    }
  }

  /** A load touches so many partitions of a table, whether it comes to its end or not. */
  public synchronized void partitionModifications(TableName table, int partitions) {
    if (partitions > limits.partitionsPerJob()) {
      throw new RefusedException(
          Reason.INVALID,
          "Too many partitions produced by query, allowed %d, query produces at least %d partitions"
              .formatted(limits.partitionsPerJob(), partitions));
    }
    Window window = modifications.computeIfAbsent(table, key -> new Window(DAY));
    if (!window.take(clock.instant(), partitions, limits.partitionModificationsPerTableAndDay())) {
      throw exceeded(
          Reason.QUOTA_EXCEEDED,
          "Quota exceeded: Your table exceeded quota for Number of partition modifications to a column partitioned table.");
    }
  }

  private static RefusedException exceeded(Reason reason, String message) {
    return new RefusedException(reason, message + MORE);
  }
}
