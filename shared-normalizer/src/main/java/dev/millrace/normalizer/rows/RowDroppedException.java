package dev.millrace.normalizer.rows;

/** A contract drops the row at hand (M11). Costs no stack trace: there may be floods of them. */
final class RowDroppedException extends Exception {
  private static final long serialVersionUID = 1L;

  RowDroppedException(String detail) {
    super(detail, null, false, false);
  }
}
