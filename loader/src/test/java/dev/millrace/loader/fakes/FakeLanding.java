package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Batch objects in memory. */
public final class FakeLanding implements Landing {
  private final Map<BatchRef, byte[]> objects = new ConcurrentHashMap<>();
  private final Faults faults;

  public FakeLanding(Faults faults) {
    this.faults = faults;
  }

  public void put(BatchRef batch, byte[] content) {
    objects.put(batch, content.clone());
  }

  public void remove(BatchRef batch) {
    objects.remove(batch);
  }

  @Override
  public Opened open(BatchRef batch) throws IOException {
    return faults.around(
        "landing.open",
        () -> {
          byte[] content = objects.get(batch);
          if (content == null) {
            throw new NoSuchFileException(batch.toString());
          }
          InputStream stream = new ByteArrayInputStream(content);
          return new Opened(faulty(stream), batch.generation(), content.length);
        });
  }

  @Override
  public void list(Visitor visitor) throws IOException {
    faults.around("landing.list", () -> null);
    for (Map.Entry<BatchRef, byte[]> object : objects.entrySet()) {
      BatchRef batch = object.getKey();
      Instant created = Instant.EPOCH.plus(batch.generation(), ChronoUnit.MICROS);
      visitor.object(new Listed(batch, created, object.getValue().length));
    }
  }

  private InputStream faulty(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return faults.around("landing.read", () -> super.read(buffer, offset, length));
      }
    };
  }
}
