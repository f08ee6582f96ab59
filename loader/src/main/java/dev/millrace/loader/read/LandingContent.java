package dev.millrace.loader.read;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.normalizer.Normalizer;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Batch objects as they lie in the landing place.
 *
 * @param reader of their formats
 */
public record LandingContent(Landing landing, BatchReader reader) implements BatchContent {
  @Override
  public ReadBatch read(BatchRef batch, Normalizer normalizer) throws IOException {
    return reader.read(batch, open(batch), normalizer);
  }

  private Landing.Opened open(BatchRef batch) throws IOException {
    try {
      return landing.open(batch);
    } catch (NoSuchFileException e) {
      throw new LoadException(
          LoadError.OBJECT_GONE,
          batch + " is not there at its generation; was it deleted or replaced?",
          e);
    }
  }
}
