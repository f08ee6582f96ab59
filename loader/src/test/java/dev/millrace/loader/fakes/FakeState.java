package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** State objects in memory. */
public final class FakeState implements State {
  private final Map<String, Versioned> objects = new HashMap<>();
  private final Faults faults;
  private long generations;
  private Runnable beforeReplace = () -> {};

  public FakeState(Faults faults) {
    this.faults = faults;
  }

  /** Does something else once, just before the next replace: a race that is lost. */
  public void beforeNextReplace(Runnable other) {
    beforeReplace = other;
  }

  @Override
  public Optional<Versioned> read(String name) throws IOException {
    return faults.around("state.read", () -> get(name));
  }

  @Override
  public OptionalLong replace(String name, byte[] content, long expectedGeneration)
      throws IOException {
    Runnable other = beforeReplace;
    beforeReplace = () -> {};
    other.run();
    return faults.around("state.replace", () -> swap(name, content, expectedGeneration));
  }

  /** Loses an object. */
  public synchronized void remove(String name) {
    objects.remove(name);
  }

  /** Damages an object. */
  public synchronized void damage(String name) {
    generations++;
    objects.put(name, new Versioned(generations, new byte[] {'{', '"'}));
  }

  private synchronized Optional<Versioned> get(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  private synchronized OptionalLong swap(String name, byte[] content, long expectedGeneration) {
    Versioned current = objects.get(name);
    if ((current == null ? ABSENT : current.generation()) != expectedGeneration) {
      return OptionalLong.empty();
    }
    generations++;
    objects.put(name, new Versioned(generations, content.clone()));
    return OptionalLong.of(generations);
  }
}
