package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.error.BigQueryError;
import java.util.List;

/**
 * What a load job came to.
 *
 * @param rows loaded; 0 if the job failed
 * @param badRecords passed over
 * @param inputBytes read
 * @param errors of rows, also where they were few enough for the job to be done
 * @param failure null if the job was done
 */
public record LoadOutcome(
    long rows,
    long badRecords,
    long inputBytes,
    List<BigQueryError> errors,
    BigQueryError failure) {
  public LoadOutcome {
    errors = List.copyOf(errors);
  }

  public static LoadOutcome failed(BigQueryError failure) {
    return new LoadOutcome(0, 0, 0, List.of(failure), failure);
  }
}
