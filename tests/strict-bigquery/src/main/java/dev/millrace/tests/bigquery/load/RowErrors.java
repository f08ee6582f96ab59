package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.error.BigQueryError;
import dev.millrace.tests.bigquery.error.Reason;
import java.util.ArrayList;
import java.util.List;

/** The rows of one job that can't be loaded, in the shape in which BigQuery reports them. */
final class RowErrors {
  private static final String READING = "Error while reading data, error message: ";

  private final int allowed;
  private final List<BigQueryError> errors = new ArrayList<>();
  private String firstFile;

  /**
   * @param allowed the job's {@code maxBadRecords}
   */
  RowErrors(int allowed) {
    this.allowed = allowed;
  }

  void add(String uri, long position, String problem) {
    if (firstFile == null) {
      firstFile = uri;
    }
    errors.add(
        new BigQueryError(
            Reason.INVALID,
            uri,
            "%sJSON parsing error in row starting at position %d: %s File: %s"
                .formatted(READING, position, problem, uri)));
  }

  boolean areTooMany() {
    return errors.size() > allowed;
  }

  int count() {
    return errors.size();
  }

  /** The errors one by one, as they accompany a job that was done in spite of them. */
  List<BigQueryError> tolerated() {
    return List.copyOf(errors);
  }

  /** A job's {@code errorResult}. */
  BigQueryError result(long rows) {
    return new BigQueryError(
        Reason.INVALID,
        firstFile,
        "%sJSON table encountered too many errors, giving up. Rows: %d; errors: %d. Please look into the errors[] collection for more details. File: %s"
            .formatted(READING, rows, errors.size(), firstFile));
  }

  /** A job's {@code errors}: the result, a summary, and the errors one by one. */
  List<BigQueryError> all(long rows) {
    List<BigQueryError> all = new ArrayList<>();
    all.add(result(rows));
    all.add(
        new BigQueryError(
            Reason.INVALID,
            "%sJSON processing encountered too many errors, giving up. Rows: %d; errors: %d; max bad: %d; error percent: 0"
                .formatted(READING, rows, errors.size(), allowed)));
    all.addAll(errors);
    return all;
  }
}
