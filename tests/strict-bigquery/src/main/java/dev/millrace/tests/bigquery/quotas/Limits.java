package dev.millrace.tests.bigquery.quotas;

/**
 * How much of everything BigQuery allows (docs page "Quotas and limits", sections load jobs, tables
 * and partitioned tables).
 *
 * @param loadJobsPerProjectAndDay failed ones count
 * @param tableUpdatesPer10Seconds metadata updates of a plain table; loads and DDL share them
 * @param partitionedTableUpdatesPer10Seconds the same of a partitioned table
 * @param modificationsPerTableAndDay loads into a plain table; failed ones count, and so do those
 *     into a dropped table of the same name
 * @param partitionModificationsPerTableAndDay of a partitioned table; a load counts once for each
 *     partition that it touches
 * @param partitionsPerJob that one load may touch
 */
public record Limits(
    int loadJobsPerProjectAndDay,
    int tableUpdatesPer10Seconds,
    int partitionedTableUpdatesPer10Seconds,
    int modificationsPerTableAndDay,
    int partitionModificationsPerTableAndDay,
    int partitionsPerJob) {
  /** As they are documented. */
  public static Limits documented() {
    return new Limits(100_000, 5, 50, 1_500, 30_000, 4_000);
  }

  /** None but that of partitions per job, which is a limit and not a quota. */
  public static Limits off() {
    int none = Integer.MAX_VALUE;
    return new Limits(none, none, none, none, none, 4_000);
  }

  public Limits withLoadJobsPerProjectAndDay(int count) {
    return new Limits(
        count,
        tableUpdatesPer10Seconds,
        partitionedTableUpdatesPer10Seconds,
        modificationsPerTableAndDay,
        partitionModificationsPerTableAndDay,
        partitionsPerJob);
  }

  /** Sets the limit for plain and for partitioned tables. */
  public Limits withTableUpdatesPer10Seconds(int plain, int partitioned) {
    return new Limits(
        loadJobsPerProjectAndDay,
        plain,
        partitioned,
        modificationsPerTableAndDay,
        partitionModificationsPerTableAndDay,
        partitionsPerJob);
  }

  /** Sets the limit of loads into a plain table and of partitions touched in a partitioned one. */
  public Limits withModificationsPerTableAndDay(int plain, int partitions) {
    return new Limits(
        loadJobsPerProjectAndDay,
        tableUpdatesPer10Seconds,
        partitionedTableUpdatesPer10Seconds,
        plain,
        partitions,
        partitionsPerJob);
  }

  public Limits withPartitionsPerJob(int count) {
    return new Limits(
        loadJobsPerProjectAndDay,
        tableUpdatesPer10Seconds,
        partitionedTableUpdatesPer10Seconds,
        modificationsPerTableAndDay,
        partitionModificationsPerTableAndDay,
        count);
  }
}
