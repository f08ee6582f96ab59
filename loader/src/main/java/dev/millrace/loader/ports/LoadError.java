package dev.millrace.loader.ports;

/** Every way in which loading a batch can fail. A code is never reused. */
public enum LoadError {
  /** The object isn't there at its generation. */
  OBJECT_GONE("object_gone", Blame.OBJECT, Retry.NEVER),
  /** Nothing in the object can be read. */
  OBJECT_UNREADABLE("object_unreadable", Blame.OBJECT, Retry.NEVER),
  /** An Avro object whose schema is none of Pub/Sub's. */
  OBJECT_WRONG_SCHEMA("object_wrong_schema", Blame.OBJECT, Retry.NEVER),
  /** The warehouse took other numbers of rows than the package has. */
  COUNTS_DIFFER("counts_differ", Blame.US, Retry.NEVER),
  /** The program failed in a way that nobody thought of. */
  UNEXPECTED("unexpected", Blame.US, Retry.NEXT_DELIVERY),
  /** A compare-and-set that others won, again and again. */
  RACE_LOST("race_lost", Blame.PASSING, Retry.SOON),
  /** The store or the warehouse is unavailable or slow. */
  UNAVAILABLE("unavailable", Blame.PASSING, Retry.SOON),
  /** A quota of the warehouse or the store is used up for now. */
  QUOTA_EXCEEDED("quota_exceeded", Blame.PASSING, Retry.LATER),
  /** The warehouse took the job and could not do it, for no reason of the data's. */
  JOB_FAILED("job_failed", Blame.PASSING, Retry.SOON),
  /** A table was deleted or made anew while it was being loaded into. */
  TABLE_CHANGED("table_changed", Blame.PASSING, Retry.SOON),
  /** The deadline came first. */
  OUT_OF_TIME("out_of_time", Blame.PASSING, Retry.NEXT_DELIVERY),
  /** Another process holds the database file. */
  DATABASE_LOCKED("database_locked", Blame.PASSING, Retry.SOON),
  /** The store or the warehouse refuses us. */
  ACCESS_DENIED("access_denied", Blame.CONFIGURATION, Retry.NEXT_DELIVERY),
  /** The dataset, a bucket, a folder or a setting is missing or unusable. */
  MISCONFIGURED("misconfigured", Blame.CONFIGURATION, Retry.NEXT_DELIVERY);

  /** Whose fault it is, which decides who is told. */
  public enum Blame {
    /** The object's own; alerts. */
    OBJECT,
    /** Nobody's: it passes. */
    PASSING,
    /** Configuration; alerts. */
    CONFIGURATION,
    /** A bug of ours; alerts. */
    US
  }

  /** When a batch that failed so is tried again, which decides what happens to its notice. */
  public enum Retry {
    /** The failure is for good: it is recorded, and then the notice is acknowledged. */
    NEVER,
    /** By the same call until its deadline, after half a second at first; then as below. */
    SOON,
    /** The same, after eight seconds at first. */
    LATER,
    /** When the notice comes again: it is not acknowledged. */
    NEXT_DELIVERY
  }

  private final String code;
  private final Blame blame;
  private final Retry retry;

  LoadError(String code, Blame blame, Retry retry) {
    this.code = code;
    this.blame = blame;
    this.retry = retry;
  }

  /** The code as tables, logs and answers spell it. */
  public String code() {
    return code;
  }

  public Blame blame() {
    return blame;
  }

  public Retry retry() {
    return retry;
  }
}
