package dev.millrace.embedded.trigger;

import dev.millrace.loader.ports.BatchRef;

/** Told what became of notices. Called from several threads; must not block or throw. */
public interface DeliveryListener {
  /**
   * A notice got a 2xx answer.
   *
   * @param attempts how many requests it took since the start, 1 or more
   */
  default void delivered(BatchRef batch, int attempts) {}

  /**
   * A notice got another answer or none, and will be offered again.
   *
   * @param status the HTTP status, 0 if there was no answer
   * @param reason a sentence for a person
   */
  default void deliveryFailed(BatchRef batch, int status, String reason) {}
}
