package dev.millrace.normalizer;

import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Makes typed rows of JSON events (spec/normalization, departures M1 to M16). One per batch, used
 * by one thread. Memory is bounded: by the schema, one event, a buffer per table, and 24 bytes per
 * event with a {@code messageId}.
 */
public final class Normalizer {
  /**
   * A normaliser for one batch.
   *
   * @param schema what is known so far; it is not changed
   * @param rawPaths the raw path behind each tagged name of the schema, as {@link
   *     NormalizedBatch#rawPaths} gave it; empty for a new schema
   * @param settings how events become rows
   * @param loadId the batch's {@code _dlt_load_id}
   * @param rows takes the rows
   * @param badEvents takes the rest
   */
  public Normalizer(
      Schema schema,
      Map<String, String> rawPaths,
      NormalizerSettings settings,
      String loadId,
      RowSink rows,
      BadEventSink badEvents) {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Reads the JSON values of one message's payload, in order.
   *
   * @throws IOException if a sink failed; the batch is then of no use
   */
  public void message(byte[] payload, int offset, int length, EventOrigin origin)
      throws IOException {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Reads the JSON values of a text object to its end, in bounded memory. What can be read before
   * the stream fails is normalised; the failure is then thrown on.
   *
   * @throws IOException if the stream or a sink failed
   */
  public void text(InputStream object, EventOrigin origin) throws IOException {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Counts and records an event that the caller found bad, such as the remainder of a damaged
   * object.
   */
  public void bad(BadEvent event) throws IOException {
    throw new UnsupportedOperationException("being written");
  }

  /** Hands over the last rows and says what became of the events. The normaliser is then done. */
  public NormalizedBatch finish() throws IOException {
    throw new UnsupportedOperationException("being written");
  }
}
