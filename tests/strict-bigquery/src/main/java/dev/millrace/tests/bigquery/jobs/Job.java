package dev.millrace.tests.bigquery.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A job: what was asked for, how far it is, and what it came to. Thread-safe. */
public final class Job {
  private enum State {
    PENDING,
    RUNNING,
    DONE
  }

  private final JobReference reference;
  private final ObjectNode configuration;
  private final long createdMillis;
  private final CountDownLatch done = new CountDownLatch(1);
  private State state = State.PENDING;
  private long startedMillis;
  private long endedMillis;
  private JobResult result;

  Job(JobReference reference, ObjectNode configuration, long createdMillis) {
    this.reference = reference;
    this.configuration = configuration;
    this.createdMillis = createdMillis;
  }

  public JobReference reference() {
    return reference;
  }

  synchronized boolean isDone() {
    return state == State.DONE;
  }

  synchronized void start(long nowMillis) {
    state = State.RUNNING;
    startedMillis = nowMillis;
  }

  synchronized void end(JobResult outcome, long nowMillis) {
    result = outcome;
    endedMillis = nowMillis;
    state = State.DONE;
    done.countDown();
  }

  /** The result, if it comes within that time; else null. */
  public JobResult await(Duration time) throws InterruptedException {
    done.await(time.toNanos(), TimeUnit.NANOSECONDS);
    return result();
  }

  /** Null until the job is done. */
  public synchronized JobResult result() {
    return result;
  }

  /** The API's {@code Job} resource as it is now. */
  public synchronized ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "bigquery#job")
            .put("id", reference.toString());
    json.set("jobReference", referenceJson());
    json.set("configuration", configuration);
    ObjectNode status = json.putObject("status").put("state", state.name());
    ObjectNode statistics =
        json.putObject("statistics").put("creationTime", String.valueOf(createdMillis));
    if (state != State.PENDING) {
      statistics.put("startTime", String.valueOf(startedMillis));
    }
    if (state == State.DONE) {
      statistics.put("endTime", String.valueOf(endedMillis));
      statistics.set(result.kind(), result.statistics());
      putErrors(status);
    }
    return json;
  }

  public ObjectNode referenceJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("projectId", reference.project())
        .put("jobId", reference.id())
        .put("location", reference.location());
  }

  private void putErrors(ObjectNode status) {
    if (result.failure() != null) {
      status.set("errorResult", result.failure().toJson());
    }
    if (!result.errors().isEmpty()) {
      ArrayNode errors = status.putArray("errors");
      result.errors().forEach(error -> errors.add(error.toJson()));
    }
  }
}
