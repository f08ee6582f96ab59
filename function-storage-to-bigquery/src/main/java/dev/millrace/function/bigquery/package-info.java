/**
 * The warehouse on BigQuery: tables by DDL, rows by load jobs whose ids say what they load.
 *
 * <p>{@code BigQueryWarehouse} is where to begin reading. What makes a load exactly once is in
 * {@code JobIds}, {@code Jobs} and {@code LoadJobs}, and once jobs are forgotten in {@code
 * PartLoads} and {@code Rests}; what BigQuery's errors mean is in {@code BigQueryFailures} alone.
 */
package dev.millrace.function.bigquery;
