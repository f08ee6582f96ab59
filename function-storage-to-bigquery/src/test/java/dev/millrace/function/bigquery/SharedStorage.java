package dev.millrace.function.bigquery;

import dev.millrace.tests.emulator.FakeGcs;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** One fake of Cloud Storage for all tests of the run; each makes a bucket of its own. */
final class SharedStorage implements BeforeAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(SharedStorage.class);
  private static volatile FakeGcs storage;

  /** Closed when the run is over. */
  private record Closed(FakeGcs storage) implements AutoCloseable {
    @Override
    public void close() {
      storage.close();
    }
  }

  static FakeGcs get() {
    return storage;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Store store = context.getRoot().getStore(NAMESPACE);
    storage = store.computeIfAbsent("storage", key -> start(), Closed.class).storage();
  }

  private static Closed start() {
    try {
      return new Closed(FakeGcs.start());
    } catch (Exception e) {
      throw new AssertionError("fake-gcs-server can't be started", e);
    }
  }
}
