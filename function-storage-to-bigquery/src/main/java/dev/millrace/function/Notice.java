package dev.millrace.function;

import dev.millrace.loader.ports.BatchRef;

/** What a request tells. */
sealed interface Notice {
  /** A batch object was finalised. */
  record Finalized(BatchRef batch) implements Notice {}

  /** Something else happened, such as an object's deletion; nothing is to be done. */
  record Other() implements Notice {}
}
