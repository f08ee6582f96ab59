package dev.millrace.loader.schema;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
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

  private static final int MAX_RACES = 10;

  private final State state;
  private final String schemaName;
  private final Guards guards;

  public SchemaStore(State state, String schemaName, Guards guards) {
    this.state = Objects.requireNonNull(state, "state");
    this.schemaName = Objects.requireNonNull(schemaName, "schemaName");
    this.guards = Objects.requireNonNull(guards, "guards");
  }

  /**
   * The schema as it is now; one that has seen no event if there is none.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if the object can't be used
   */
  public StoredSchema read() throws IOException {
    Optional<State.Versioned> object = state.read(OBJECT);
    if (object.isEmpty()) {
      Schema initial = Schema.initial(schemaName);
      return new StoredSchema(initial, Map.of(), List.of(), State.ABSENT);
    }
    StoredSchema stored = parse(object.get());
    if (!stored.schema().name().equals(schemaName)) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the schema object %s is of schema_name %s, and the settings say %s; set it back, or use"
                  .formatted(OBJECT, stored.schema().name(), schemaName)
              + " another state place and dataset");
    }
    return stored;
  }

  private static StoredSchema parse(State.Versioned object) throws LoadException {
    try {
      return SchemaObject.read(object.content(), object.generation());
    } catch (IllegalArgumentException e) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the schema object "
              + OBJECT
              + " in the state place is damaged ("
              + e.getMessage()
              + "); restore an earlier version of it",
          e);
    }
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
          state.replace(OBJECT, SchemaObject.write(merged), current.generation());
      if (generation.isPresent()) {
        return new SaveOutcome.Saved(
            new StoredSchema(
                merged.schema(), merged.rawPaths(), merged.additions(), generation.getAsLong()));
      }
      current = read();
    }
    throw new LoadException(
        LoadError.RACE_LOST,
        "the schema object was changed by others %d times while it was to be saved"
            .formatted(MAX_RACES));
  }
}
