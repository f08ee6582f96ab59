package dev.millrace.tests.bigquery.load;

/** A row that a load job does not take; the message says why in BigQuery's words. */
final class RowException extends Exception {
  private static final long serialVersionUID = 1;

  RowException(String message) {
    super(message, null, false, false);
  }

  /** Of a value that is not one of the column's type. */
  static RowException unconvertible(String type, String column, String value) {
    String shown = value.length() > 100 ? value.substring(0, 100) + "..." : value;
    return new RowException(
        "Could not convert value to %s. Field: %s; Value: %s".formatted(type, column, shown));
  }
}
