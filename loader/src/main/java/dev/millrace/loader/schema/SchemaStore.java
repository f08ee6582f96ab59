package dev.millrace.loader.schema;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The schema of a dataset, as one object in the state that changes only under compare-and-set.
 * Thread-safe.
 */
public final class SchemaStore {
  /** The object's name. */
  public static final String OBJECT = "schema.json";

  private static final Logger LOG = System.getLogger(SchemaStore.class.getName());
  private static final int MAX_RACES = 10;

  private final State state;
  private final Warehouse warehouse;
  private final String schemaName;
  private final String dataset;
  private final Guards guards;

  /**
   * @param warehouse asked for what it knows of the schema where the object is lost or damaged
   * @param dataset whose schema it is
   */
  public SchemaStore(
      State state, Warehouse warehouse, String schemaName, String dataset, Guards guards) {
    this.state = Objects.requireNonNull(state, "state");
    this.warehouse = Objects.requireNonNull(warehouse, "warehouse");
    this.schemaName = Objects.requireNonNull(schemaName, "schemaName");
    this.dataset = Objects.requireNonNull(dataset, "dataset");
    this.guards = Objects.requireNonNull(guards, "guards");
  }

  /**
   * The schema as it is now. Where the object is lost or damaged, it is made anew from what the
   * dataset itself has; where that has nothing, the schema has seen no event.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if the object can't be used
   */
  public StoredSchema read() throws IOException {
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<State.Versioned> object = state.read(OBJECT);
      Optional<StoredSchema> stored =
          object.isEmpty() ? restored(State.ABSENT) : parse(object.get());
      if (stored.isPresent()) {
        return ofOurName(stored.get());
      }
    }
    throw raceLost();
  }

  private StoredSchema ofOurName(StoredSchema stored) throws LoadException {
    if (!stored.schema().name().equals(schemaName)) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the schema object %s is of schema_name %s, and the settings say %s; set it back, or use"
                  .formatted(OBJECT, stored.schema().name(), schemaName)
              + " another state place and dataset");
    }
    return stored;
  }

  private Optional<StoredSchema> parse(State.Versioned object) throws IOException {
    try {
      return Optional.of(SchemaObject.read(object.content(), object.generation()));
    } catch (IllegalArgumentException e) {
      LOG.log(
          Level.ERROR,
          "The schema object {0} in the state place is damaged ({1}); it is made anew from the"
              + " dataset",
          OBJECT,
          e.getMessage());
      return restored(object.generation());
    }
  }

  /** What the dataset knows, saved over a generation; empty if somebody else was faster. */
  private Optional<StoredSchema> restored(long generation) throws IOException {
    Schema initial = Schema.initial(schemaName);
    StoredSchema fresh = new StoredSchema(initial, Map.of(), List.of(), State.ABSENT);
    Optional<StoredSchema> known = warehouse.storedSchema(schemaName);
    if (known.isEmpty() && generation == State.ABSENT) {
      return Optional.of(fresh);
    }
    StoredSchema schema = known.orElse(fresh).savedOver(generation);
    OptionalLong saved = state.replace(OBJECT, SchemaObject.write(schema, dataset), generation);
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    LOG.log(Level.WARNING, "The schema object {0} was made anew", OBJECT);
    return Optional.of(schema.at(saved.getAsLong()));
  }

  /**
   * Makes the schema follow tables whose columns have other types: they were changed by hand. What
   * others have added since stays.
   *
   * @return the schema with the columns as the tables have them
   * @throws LoadException {@link LoadError#MISCONFIGURED} if a column's type is none that the
   *     schema could have; {@link LoadError#RACE_LOST} if others were faster again and again
   */
  public StoredSchema adopt(StoredSchema stored, List<OtherColumn> others) throws IOException {
    StoredSchema current = stored;
    for (int race = 0; race < MAX_RACES; race++) {
      StoredSchema adopted = Adoption.of(current, others);
      if (adopted == stored) {
        // The schema says already what the tables are, and yet they are not what it says.
        throw Adoption.impossible(others.get(0));
      }
      if (adopted == current) {
        return current;
      }
      OptionalLong generation =
          state.replace(OBJECT, SchemaObject.write(adopted, dataset), current.generation());
      if (generation.isPresent()) {
        LOG.log(Level.WARNING, "The schema follows columns that were changed by hand: {0}", others);
        return adopted.at(generation.getAsLong());
      }
      current = read();
    }
    throw raceLost();
  }

  /**
   * Makes a batch's additions part of the schema. Where others have added to it since, theirs stay
   * and ours are added to them.
   *
   * @param base what the batch was normalised against
   * @param batch what came of it
   * @throws LoadException {@link LoadError#RACE_LOST} if others were faster again and again
   */
  public SaveOutcome save(StoredSchema base, NormalizedBatch batch, String loadId)
      throws IOException {
    if (base.generation() != State.ABSENT && batch.schema() == base.schema()) {
      return new SaveOutcome.Saved(base);
    }
    SchemaMerge merge = new SchemaMerge(base, batch, loadId, guards);
    StoredSchema current = base;
    for (int race = 0; race < MAX_RACES; race++) {
      StoredSchema merged;
      try {
        merged = merge.onto(current);
      } catch (ClashException e) {
        return new SaveOutcome.Clashed(e.getMessage());
      }
      if (merged == current) {
        return new SaveOutcome.Saved(current);
      }
      OptionalLong generation =
          state.replace(OBJECT, SchemaObject.write(merged, dataset), current.generation());
      if (generation.isPresent()) {
        return new SaveOutcome.Saved(merged.at(generation.getAsLong()));
      }
      current = read();
    }
    throw raceLost();
  }

  private static LoadException raceLost() {
    return new LoadException(
        LoadError.RACE_LOST,
        "the schema object was changed by others %d times while it was to be saved"
            .formatted(MAX_RACES));
  }
}
