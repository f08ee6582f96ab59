package dev.millrace.loader.schema;

import dev.millrace.normalizer.schema.SchemaChange;
import java.util.Objects;

/** A table or column, and the load that brought it. */
public record Addition(String loadId, SchemaChange change) {
  public Addition {
    Objects.requireNonNull(loadId, "loadId");
    Objects.requireNonNull(change, "change");
  }
}
