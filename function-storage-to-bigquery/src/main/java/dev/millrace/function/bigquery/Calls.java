package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import dev.millrace.loader.ports.LoadException;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls of BigQuery's API. What fails in passing is tried again, with jittered backoff, until the
 * deadline; no call waits longer than the client's own time-out. Thread-safe.
 */
final class Calls {
  private final Supplier<BigQuery> client;

  /**
   * @param client asked at each call
   */
  Calls(Supplier<BigQuery> client) {
    this.client = client;
  }

  /**
   * Makes a call until it is answered.
   *
   * @param what is done, for a person: follows "BigQuery can't"
   * @throws LoadException for what does not pass, or has not passed at the deadline
   */
  <T> T call(String what, Deadline deadline, Function<BigQuery, T> call) throws LoadException {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        return call.apply(client.get());
      } catch (BigQueryException e) {
        Meaning meaning = BigQueryFailures.of(e);
        if (!meaning.passes() || deadline.hasPassed()) {
          throw new LoadException(
              meaning.error(),
              "BigQuery can't %s: %s".formatted(what, Objects.toString(e.getMessage(), "no word")),
              e);
        }
        deadline.pause(backoff.next());
      }
    }
  }
}
