package dev.millrace.cli.forget;

import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.loader.ports.State;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a pipeline's schema, without making its object anew where that is lost. */
final class SchemaOfTables {
  private SchemaOfTables() {}

  static StoredSchema read(OpenPipeline pipeline) throws IOException {
    Optional<State.Versioned> object = pipeline.ports().store().state().read(SchemaStore.OBJECT);
    if (object.isPresent()) {
      try {
        return StoredSchema.parse(object.get().content());
      } catch (IllegalArgumentException damaged) {
        return ofDataset(pipeline);
      }
    }
    return ofDataset(pipeline);
  }

  private static StoredSchema ofDataset(OpenPipeline pipeline) throws IOException {
    String name = pipeline.settings().schemaName();
    return pipeline
        .ports()
        .warehouse()
        .storedSchema(name)
        .orElseGet(() -> new StoredSchema(Schema.initial(name), Map.of(), List.of(), State.ABSENT));
  }
}
