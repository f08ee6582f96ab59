package dev.millrace.loader.read;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.normalizer.Normalizer;
import java.io.IOException;

/** Where the events of batches are read from. Thread-safe. */
@FunctionalInterface
public interface BatchContent {
  /**
   * Reads the events of a batch, always the same ones in the same order.
   *
   * @throws LoadException if nothing of the batch can be read
   * @throws IOException if a store or the normaliser's sinks failed
   */
  ReadBatch read(BatchRef batch, Normalizer normalizer) throws IOException;

  /** The same, with events trusted to say when they were received. */
  default BatchContent trustingReceivedAt() {
    return (batch, normalizer) -> {
      normalizer.trustReceivedAt();
      return read(batch, normalizer);
    };
  }
}
