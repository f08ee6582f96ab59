package dev.millrace.cli.settings;

import dev.millrace.loader.ports.State;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schema as one who only looks finds it: nothing is mended, and nothing is written. */
public final class KnownSchema {
  private KnownSchema() {}

  /** The schema object; else what the dataset knows; else a schema that has seen no event. */
  public static StoredSchema of(OpenPipeline pipeline) throws IOException {
    Optional<State.Versioned> object = pipeline.ports().store().state().read(SchemaStore.OBJECT);
    if (object.isPresent()) {
      try {
        return StoredSchema.parse(object.get().content());
      } catch (IllegalArgumentException e) {
        // The next load makes it anew from the dataset, as is done here.
      }
    }
    String name = pipeline.settings().schemaName();
    return pipeline
        .ports()
        .warehouse()
        .storedSchema(name)
        .orElseGet(() -> new StoredSchema(Schema.initial(name), Map.of(), List.of(), State.ABSENT));
  }
}
