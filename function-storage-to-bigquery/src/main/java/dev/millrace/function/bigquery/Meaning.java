package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadError;

/** What an error of BigQuery means to a load. */
enum Meaning {
  /** BigQuery, or the way to it, is out of order for now. */
  UNAVAILABLE(LoadError.UNAVAILABLE, true),
  /** A quota is used up for now, or calls come too fast. */
  QUOTA(LoadError.QUOTA_EXCEEDED, true),
  /** The job could not be done, for no reason of the data's. */
  JOB(LoadError.JOB_FAILED, true),
  /** The table is no longer what it was when it was looked at: gone, or with other columns. */
  TABLE_CHANGED(LoadError.TABLE_CHANGED, false),
  /** A job, table or view of that name is there already. */
  EXISTS(LoadError.RACE_LOST, false),
  /** A row is refused. That it comes to this is a bug of ours, or the table was changed by hand. */
  DATA(LoadError.COUNTS_DIFFER, false),
  /** We may not do this. */
  DENIED(LoadError.ACCESS_DENIED, false),
  /** The dataset, the bucket or the project is not as it has to be. */
  CONFIGURATION(LoadError.MISCONFIGURED, false);

  private final LoadError error;
  private final boolean passes;

  Meaning(LoadError error, boolean passes) {
    this.error = error;
    this.passes = passes;
  }

  LoadError error() {
    return error;
  }

  /** Whether the same may go well when it is tried again. */
  boolean passes() {
    return passes;
  }

  /** Whether it may go well once somebody has put right what is wrong. */
  boolean mayBeMended() {
    return this == DENIED || this == CONFIGURATION;
  }
}
