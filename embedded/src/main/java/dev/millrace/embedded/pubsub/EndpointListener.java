package dev.millrace.embedded.pubsub;

import dev.millrace.embedded.trigger.DeliveryListener;
import dev.millrace.loader.ports.BatchRef;

/**
 * Told how the endpoint gets on, for counters and progress. Called from several threads; must not
 * block or throw. Every method may be left out.
 */
public interface EndpointListener extends DeliveryListener {
  /** So many more messages are safe from a crash; their publisher is told right after. */
  default void acknowledged(int messages) {}

  /** An object shows in the landing folder. */
  default void finalised(BatchRef batch, long messages, long bytes) {}
}
