package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobConfiguration;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Jobs under ids of ours. A job that is there already is not made again: its outcome is taken,
 * whoever made it. Thread-safe.
 */
final class Jobs {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private final Calls calls;
  private final Location location;

  Jobs(Calls calls, Location location) {
    this.calls = calls;
    this.location = location;
  }

  /**
   * Runs a load job until one of its suffixes is done well, or fails in a way that doesn't pass. A
   * job of an earlier call that failed for what a person can put right does not count.
   *
   * @param ids of the jobs, without suffix
   * @param overcome ids of failed jobs whose reason is mended, so that the next suffix may be tried
   * @throws LoadException {@link LoadError#OUT_OF_TIME} if a job still runs at the deadline, or
   *     what the last one failed of; a later call goes on from there
   */
  JobOutcome run(String ids, JobConfiguration job, Set<String> overcome, Deadline deadline)
      throws LoadException {
    Backoff backoff = new Backoff();
    int suffix = 0;
    while (true) {
      String id = JobIds.suffixed(ids, suffix);
      Optional<Job> made = insert(id, job, deadline);
      Job done = await(id, job, made, deadline);
      List<BigQueryError> errors = BigQueryFailures.errors(done.getStatus());
      if (errors.isEmpty()) {
        return new JobOutcome.Done(done);
      }
      Meaning meaning = BigQueryFailures.ofLoad(errors);
      boolean mayBeMended = made.isEmpty() && meaning.mayBeMended();
      if (!meaning.passes() && !mayBeMended && !overcome.contains(id)) {
        return new JobOutcome.Failed(id, meaning, errors);
      }
      if (made.isEmpty()) {
        int newest = newest(ids, suffix, deadline);
        suffix = newest == suffix ? suffix + 1 : newest;
      } else {
        suffix++;
        if (meaning.passes()) {
          pause(id, errors, backoff, deadline);
        }
      }
    }
  }

  /** Runs one job to its end, however that is, unless there is a job of that id already. */
  Job once(String id, JobConfiguration job, Deadline deadline) throws LoadException {
    return await(id, job, insert(id, job, deadline), deadline);
  }

  /** A job that is only looked at by BigQuery: it tells what it would read, and leaves nothing. */
  Job dryRun(QueryJobConfiguration statement, Deadline deadline) throws LoadException {
    JobId nameless = JobId.newBuilder().setLocation(location.get(deadline)).build();
    JobInfo info = JobInfo.of(nameless, statement.toBuilder().setDryRun(true).build());
    return calls.call("estimate a query", deadline, client -> client.create(info));
  }

  /**
   * Waits while one of the jobs runs, however it ends. Nothing is started.
   *
   * @throws LoadException {@link LoadError#OUT_OF_TIME} if it still runs at the deadline
   */
  void awaitEnd(String ids, Deadline deadline) throws LoadException {
    if (find(JobIds.suffixed(ids, 0), deadline).isEmpty()) {
      return;
    }
    String id = JobIds.suffixed(ids, newest(ids, 0, deadline));
    Duration wait = FIRST_WAIT;
    for (Optional<Job> job = find(id, deadline);
        job.isPresent() && !isDone(job.get());
        job = find(id, deadline)) {
      wait = pause(id, wait, deadline);
    }
  }

  /** Whether one of the jobs is done well. Nothing is started. */
  boolean isDone(String ids, Deadline deadline) throws LoadException {
    Optional<Job> first = find(JobIds.suffixed(ids, 0), deadline);
    if (first.isEmpty()) {
      return false;
    }
    Job newest = first.get();
    if (hasFailed(newest)) {
      int suffix = newest(ids, 0, deadline);
      newest = find(JobIds.suffixed(ids, suffix), deadline).orElse(newest);
    }
    return isDone(newest) && newest.getStatus().getError() == null;
  }

  /** The job of that id, if there is one. */
  Optional<Job> find(String id, Deadline deadline) throws LoadException {
    JobId full = full(id, deadline);
    return Optional.ofNullable(
        calls.call("look for job " + id, deadline, client -> client.getJob(full)));
  }

  /** The job that is made, or empty if there is one of that id already. */
  private Optional<Job> insert(String id, JobConfiguration job, Deadline deadline)
      throws LoadException {
    JobInfo info = JobInfo.of(full(id, deadline), job);
    return calls.call("start job " + id, deadline, client -> insert(client, info));
  }

  private static Optional<Job> insert(BigQuery client, JobInfo info) {
    try {
      Job job = client.create(info);
      // The client answers a young job of that id as if it had made it, but without its status.
      return job.getStatus() == null ? Optional.empty() : Optional.of(job);
    } catch (BigQueryException e) {
      if (BigQueryFailures.of(e) == Meaning.EXISTS) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * @param made the job, if it was made just now
   */
  private Job await(
      String id, JobConfiguration configuration, Optional<Job> made, Deadline deadline)
      throws LoadException {
    Duration wait = FIRST_WAIT;
    Optional<Job> job = made.isPresent() ? made : find(id, deadline);
    while (job.isEmpty() || !isDone(job.get())) {
      wait = pause(id, wait, deadline);
      job = find(id, deadline);
      if (job.isEmpty()) {
        // It was refused as one that is there, and it is not: made again, it is still only one.
        job = insert(id, configuration, deadline);
      }
    }
    return job.get();
  }

  /** Waits for a job, and tells how long to wait for it the next time. */
  private static Duration pause(String id, Duration wait, Deadline deadline) throws LoadException {
    if (deadline.hasPassed()) {
      throw new LoadException(
          LoadError.OUT_OF_TIME,
          "job %s is not done at the deadline; the next delivery finds it".formatted(id));
    }
    deadline.pause(wait);
    Duration longer = wait.multipliedBy(3).dividedBy(2);
    return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
  }

  private static void pause(
      String id, List<BigQueryError> errors, Backoff backoff, Deadline deadline)
      throws LoadException {
    Duration time = backoff.next();
    if (time.compareTo(deadline.left()) >= 0) {
      throw new LoadException(
          BigQueryFailures.ofLoad(errors).error(),
          "job %s failed: %s".formatted(id, BigQueryFailures.said(errors)));
    }
    deadline.pause(time);
  }

  /**
   * The highest suffix that there is a job of. One is made only when the one before it has failed,
   * so there are no gaps; after a long time of failures there are many.
   *
   * @param known a suffix that there is a job of
   */
  private int newest(String ids, int known, Deadline deadline) throws LoadException {
    int there = known;
    int step = 1;
    while (find(JobIds.suffixed(ids, there + step), deadline).isPresent()) {
      there += step;
      step *= 2;
    }
    int absent = there + step;
    while (absent - there > 1) {
      int middle = there + (absent - there) / 2;
      if (find(JobIds.suffixed(ids, middle), deadline).isPresent()) {
        there = middle;
      } else {
        absent = middle;
      }
    }
    return there;
  }

  private JobId full(String id, Deadline deadline) throws LoadException {
    return JobId.newBuilder().setJob(id).setLocation(location.get(deadline)).build();
  }

  private static boolean isDone(Job job) {
    return job.getStatus() != null && job.getStatus().getState() == JobStatus.State.DONE;
  }

  private static boolean hasFailed(Job job) {
    return isDone(job) && job.getStatus().getError() != null;
  }
}
