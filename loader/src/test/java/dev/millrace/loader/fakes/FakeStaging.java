package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.Staging;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Staged objects in memory. */
public final class FakeStaging implements Staging {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final Faults faults;

  public FakeStaging(Faults faults) {
    this.faults = faults;
  }

  /** Paths of all objects, in order. */
  public Set<String> paths() {
    return new TreeSet<>(objects.keySet());
  }

  /** How many streams were open at once, at most. */
  public int mostOpen() {
    return mostOpen.get();
  }

  /** The object at a location that {@link #location} gave. */
  public byte[] at(String location) {
    byte[] content = objects.get(location.substring("memory:".length()));
    if (content == null) {
      throw new AssertionError("nothing at " + location);
    }
    return content;
  }

  @Override
  public OutputStream create(String path) throws IOException {
    return faults.around(
        "staging.create",
        () -> {
          mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
          return new Created(path);
        });
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return faults.around(
        "staging.createIfAbsent", () -> objects.putIfAbsent(path, content.clone()) == null);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return faults.around("staging.read", () -> Optional.ofNullable(objects.get(path)));
  }

  @Override
  public InputStream open(String path) throws IOException {
    return faults.around(
        "staging.open",
        () -> {
          byte[] content = objects.get(path);
          if (content == null) {
            throw new NoSuchFileException(path);
          }
          return new ByteArrayInputStream(content);
        });
  }

  @Override
  public void delete(String path) throws IOException {
    faults.around("staging.delete", () -> objects.remove(path));
  }

  @Override
  public String location(String path) {
    return "memory:" + path;
  }

  private final class Created extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final String path;
    private boolean closed;

    Created(String path) {
      this.path = path;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      faults.around(
          "staging.write",
          () -> {
            bytes.write(buffer, offset, length);
            return null;
          });
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      open.decrementAndGet();
      faults.around("staging.close", () -> objects.put(path, bytes.toByteArray()));
    }
  }
}
