package dev.millrace.tests.bigquery.jobs;

import dev.millrace.tests.bigquery.error.BigQueryError;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * All jobs that are remembered. An id is taken once and for all in its project: whatever became of
 * the first job of that id, a second one is refused as "duplicate" and the first stays as it is
 * (REST reference, {@code jobs.insert} and {@code JobReference}). Thread-safe.
 */
public final class Jobs implements AutoCloseable {
  /** Jobs of these are found without saying so (REST reference, {@code jobs.get}, location). */
  private static final Set<String> MULTI_REGIONS = Set.of("US", "EU");

  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "job-timer"));
  private final ExecutorService workers =
      Executors.newCachedThreadPool(work -> daemon(work, "job"));

  public Jobs(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes a job in and begins it; it is PENDING for half of its time, then RUNNING. Its work is
   * done at the end of that time.
   *
   * @param duration how long it takes besides its work
   */
  public Job begin(
      JobReference reference,
      ObjectNode configuration,
      String kind,
      Duration duration,
      Supplier<JobResult> work) {
    Job job = add(reference, configuration);
    if (duration.isZero()) {
      workers.execute(() -> run(job, kind, work));
    } else {
      long half = duration.toNanos() / 2;
      timer.schedule(() -> job.start(clock.millis()), half, TimeUnit.NANOSECONDS);
      timer.schedule(
          () -> workers.execute(() -> run(job, kind, work)),
          duration.toNanos(),
          TimeUnit.NANOSECONDS);
    }
    return job;
  }

  /** Takes a job in and does it before anything else. */
  public Job run(
      JobReference reference, ObjectNode configuration, String kind, Supplier<JobResult> work) {
    Job job = add(reference, configuration);
    run(job, kind, work);
    return job;
  }

  /**
   * A job of a project.
   *
   * @param location where to look; null if the caller does not say
   */
  public Job get(String project, String id, String location) {
    Job job = find(project, id);
    String sought = location == null ? "US" : location;
    if (job == null || !isIn(job.reference().location(), location)) {
      throw RefusedException.notFound("Job %s:%s.%s".formatted(project, sought, id));
    }
    return job;
  }

  /** A job of a project wherever it runs, or null. */
  public Job find(String project, String id) {
    return jobs.get(key(project, id));
  }

  /**
   * Forgets the jobs that are done ("Introduction to BigQuery jobs": the history of jobs is kept
   * for six months).
   */
  public void forgetDone() {
    jobs.values().removeIf(Job::isDone);
  }

  private static boolean isIn(String actual, String sought) {
    return sought == null ? MULTI_REGIONS.contains(actual) : actual.equalsIgnoreCase(sought);
  }

  private Job add(JobReference reference, ObjectNode configuration) {
    Job job = new Job(reference, configuration, clock.millis());
    if (jobs.putIfAbsent(key(reference.project(), reference.id()), job) != null) {
      throw RefusedException.alreadyExists("Job " + reference);
    }
    return job;
  }

  private void run(Job job, String kind, Supplier<JobResult> work) {
    job.start(clock.millis());
    JobResult result;
    try {
      result = work.get();
    } catch (RefusedException e) {
      result = JobResult.failed(kind, e.error());
    } catch (RuntimeException e) {
      result =
          JobResult.failed(
              kind, new BigQueryError(Reason.INTERNAL_ERROR, "The strict BigQuery failed: " + e));
    }
    job.end(result, clock.millis());
  }

  private static String key(String project, String id) {
    return project + ":" + id;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Jobs that are not done by now never will be. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
