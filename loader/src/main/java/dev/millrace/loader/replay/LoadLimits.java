package dev.millrace.loader.replay;

import java.time.Duration;

/**
 * What of a warehouse's quotas of load jobs a replay may use, together with all else that loads.
 *
 * @param jobsADay load jobs in 24 hours
 * @param jobsOfATableADay load jobs into any one table in 24 hours
 * @param apart how long after one batch the next is begun, at least
 */
public record LoadLimits(long jobsADay, long jobsOfATableADay, Duration apart) {
  /** None, for a warehouse without such quotas. */
  public static final LoadLimits NONE =
      new LoadLimits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ZERO);

  /**
   * Half of what BigQuery grants, so that the pipeline goes on beside the replay: 100,000 load jobs
   * of a project and 30,000 changes of a partitioned table in a day, and 50 changes of a table in
   * 10 seconds (BigQuery, "Quotas and limits").
   */
  public static final LoadLimits BIGQUERY = new LoadLimits(50_000, 15_000, Duration.ofMillis(400));

  public LoadLimits {
    if (jobsADay < 1 || jobsOfATableADay < 1 || apart.isNegative()) {
      throw new IllegalArgumentException(
          "no limits: %d, %d, %s".formatted(jobsADay, jobsOfATableADay, apart));
    }
  }

  /** These with other daily ones. */
  public LoadLimits withDaily(long jobs, long ofATable) {
    return new LoadLimits(jobs, ofATable, apart);
  }
}
