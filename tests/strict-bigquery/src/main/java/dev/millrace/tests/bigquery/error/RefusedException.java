package dev.millrace.tests.bigquery.error;

/** A call or a job that BigQuery would refuse. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient BigQueryError error;

  public RefusedException(BigQueryError error) {
    super(error.message());
    this.error = error;
  }

  public RefusedException(Reason reason, String message) {
    this(new BigQueryError(reason, message));
  }

  public static RefusedException notFound(String what) {
    return new RefusedException(Reason.NOT_FOUND, "Not found: " + what);
  }

  public static RefusedException alreadyExists(String what) {
    return new RefusedException(Reason.DUPLICATE, "Already Exists: " + what);
  }

  /** For what BigQuery can do and this server can't: a test that needs it must not pass. */
  public static RefusedException notCovered(String what) {
    return new RefusedException(
        Reason.NOT_IMPLEMENTED, "The strict BigQuery for tests does not cover " + what);
  }

  public BigQueryError error() {
    return error;
  }
}
