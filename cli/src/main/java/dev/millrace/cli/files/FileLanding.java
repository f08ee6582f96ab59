package dev.millrace.cli.files;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongConsumer;

/**
 * One file in the landing bucket's place.
 *
 * @param read told how many bytes have been read so far
 */
public record FileLanding(BatchRef batch, EventFile file, LongConsumer read) implements Landing {
  @Override
  public Opened open(BatchRef wanted) throws IOException {
    if (!wanted.equals(batch)) {
      throw new NoSuchFileException(wanted.toString());
    }
    return new Opened(file.open(read), batch.generation(), file.bytes());
  }

  @Override
  public void list(Visitor visitor) throws IOException {
    Instant created = Instant.EPOCH.plus(batch.generation(), ChronoUnit.MICROS);
    visitor.object(new Listed(batch, created, file.bytes()));
  }
}
