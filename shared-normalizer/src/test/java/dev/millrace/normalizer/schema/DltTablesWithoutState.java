package dev.millrace.normalizer.schema;

import java.util.LinkedHashMap;
import java.util.Map;

/** A new schema as the vectors have it: without dlt's state table. */
public final class DltTablesWithoutState {
  private DltTablesWithoutState() {}

  public static Schema initial(String name) {
    Schema schema = Schema.initial(name);
    Map<String, Table> tables = new LinkedHashMap<>(schema.tables());
    tables.remove("_dlt_pipeline_state");
    return new Schema(
        name, 0, tables, schema.settings(), schema.normalizers(), schema.previousHashes());
  }
}
