package dev.millrace.loader.schema;

import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which places are a dataset's own where several datasets are loaded from one landing place. A
 * schema object and load packages belong to one dataset each: the first has them where they always
 * are, every other one below {@code datasets/<dataset>/}. All else of the state is common to them,
 * such as when a file's content was first loaded.
 */
public final class DatasetPlaces {
  private DatasetPlaces() {}

  /** The places of a dataset: apart if the schema object says that it is another dataset's. */
  public static BatchStore of(BatchStore store, String dataset) throws IOException {
    return of(store, dataset, dataset);
  }

  /**
   * The same.
   *
   * @param first whose the places themselves are where no schema object says it
   */
  public static BatchStore of(BatchStore store, String dataset, String first) throws IOException {
    Optional<String> owner =
        store
            .state()
            .read(SchemaStore.OBJECT)
            .flatMap(object -> SchemaObject.dataset(object.content()));
    return owner.orElse(first).equals(dataset) ? store : apart(store, dataset);
  }

  private static BatchStore apart(BatchStore store, String dataset) {
    String folder = "datasets/" + dataset + "/";
    return new BatchStore(
        store.landing(),
        new StagingBelow(store.staging(), folder),
        new OwnSchemaObject(store.state(), folder));
  }

  /** A state with a schema object of its own. */
  private record OwnSchemaObject(State state, String folder) implements State {
    @Override
    public Optional<Versioned> read(String name) throws IOException {
      return state.read(own(name));
    }

    @Override
    public OptionalLong replace(String name, byte[] content, long expectedGeneration)
        throws IOException {
      return state.replace(own(name), content, expectedGeneration);
    }

    private String own(String name) {
      return name.equals(SchemaStore.OBJECT) ? folder + name : name;
    }
  }

  /** A folder of a staging place. */
  private record StagingBelow(Staging staging, String folder) implements Staging {
    @Override
    public OutputStream create(String path) throws IOException {
      return staging.create(folder + path);
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) throws IOException {
      return staging.createIfAbsent(folder + path, content);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
      return staging.read(folder + path);
    }

    @Override
    public InputStream open(String path) throws IOException {
      return staging.open(folder + path);
    }

    @Override
    public void delete(String path) throws IOException {
      staging.delete(folder + path);
    }

    @Override
    public String location(String path) {
      return staging.location(folder + path);
    }
  }
}
