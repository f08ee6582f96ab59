package dev.millrace.loader.ports;

/** Every way in which loading a batch can fail. A code is never reused. */
public enum LoadError {
  /** The object isn't there at its generation. */
  OBJECT_GONE("object_gone", Blame.OBJECT),
  /** Nothing in the object can be read. */
  OBJECT_UNREADABLE("object_unreadable", Blame.OBJECT),
  /** An Avro object whose schema is none of Pub/Sub's. */
  OBJECT_WRONG_SCHEMA("object_wrong_schema", Blame.OBJECT),
  /** The warehouse took other numbers of rows than the package has. */
  COUNTS_DIFFER("counts_differ", Blame.US),
  /** A compare-and-set that others won, again and again. */
  RACE_LOST("race_lost", Blame.PASSING),
  /** The store or the warehouse is unavailable or slow. */
  UNAVAILABLE("unavailable", Blame.PASSING),
  /** A quota of the warehouse or the store is used up for now. */
  QUOTA_EXCEEDED("quota_exceeded", Blame.PASSING),
  /** The warehouse took the job and could not do it, for no reason of the data's. */
  JOB_FAILED("job_failed", Blame.PASSING),
  /** A table was deleted or made anew while it was being loaded into. */
  TABLE_CHANGED("table_changed", Blame.PASSING),
  /** The deadline came first. */
  OUT_OF_TIME("out_of_time", Blame.PASSING),
  /** Another process holds the database file. */
  DATABASE_LOCKED("database_locked", Blame.PASSING),
  /** The store or the warehouse refuses us. */
  ACCESS_DENIED("access_denied", Blame.CONFIGURATION),
  /** The dataset, a bucket, a folder or a setting is missing or unusable. */
  MISCONFIGURED("misconfigured", Blame.CONFIGURATION);

  /** Whose fault it is, which decides what happens to the notice. */
  public enum Blame {
    /** The object's own: recorded, alerted, acknowledged. */
    OBJECT,
    /** Passing: retried, then left for the next delivery. */
    PASSING,
    /** Configuration: alerted, never acknowledged. */
    CONFIGURATION,
    /** A bug of ours: recorded, alerted, acknowledged. */
    US
  }

  private final String code;
  private final Blame blame;

  LoadError(String code, Blame blame) {
    this.code = code;
    this.blame = blame;
  }

  /** The code as tables, logs and answers spell it. */
  public String code() {
    return code;
  }

  public Blame blame() {
    return blame;
  }
}
