package dev.millrace.normalizer.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * dlt's own tables with the very texts that dlt 1.31 gives them: they are part of the hashed
 * document.
 */
final class DltTables {
  private DltTables() {}

  private static final Table VERSION =
      system(
          "_dlt_version",
          "Created by DLT. Tracks schema updates",
          required("version", DataType.BIGINT)
              .described("Numeric version of the schema, incremented on each schema change"),
          required("engine_version", DataType.BIGINT)
              .described("Version of the dlt schema engine that created this schema"),
          required("inserted_at", DataType.TIMESTAMP)
              .described("Timestamp when this schema version was stored"),
          required("schema_name", DataType.TEXT).described("Name of the schema"),
          required("version_hash", DataType.TEXT)
              .described("Unique hash of the schema content, used to detect changes"),
          required("schema", DataType.TEXT)
              .described("JSON representation of the complete schema definition"));

  private static final Table LOADS =
      system(
          "_dlt_loads",
          "Created by DLT. Tracks completed loads",
          required("load_id", DataType.TEXT)
              .hinted("precision", 64)
              .described("Unique identifier of the load operation"),
          nullable("schema_name", DataType.TEXT)
              .described("Name of the schema associated with this load"),
          required("status", DataType.BIGINT)
              .described("Status of the load operation (0 = success)"),
          required("inserted_at", DataType.TIMESTAMP)
              .described("Timestamp when the load was completed"),
          nullable("schema_version_hash", DataType.TEXT)
              .described("Hash of the schema version used during this load"));

  private static final Table PIPELINE_STATE = pipelineState();

  static final List<Table> ALL = List.of(VERSION, LOADS, PIPELINE_STATE);

  static Map<String, Object> defaultSettings() {
    Map<String, Object> hints = new LinkedHashMap<>();
    hints.put(
        "not_null",
        List.of("_dlt_id", "_dlt_root_id", "_dlt_parent_id", "_dlt_list_idx", "_dlt_load_id"));
    hints.put("parent_key", List.of("_dlt_parent_id"));
    hints.put("root_key", List.of("_dlt_root_id"));
    hints.put("unique", List.of("_dlt_id"));
    hints.put("row_key", List.of("_dlt_id"));
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("detections", List.of("iso_timestamp"));
    settings.put("default_hints", hints);
    return settings;
  }

  static Map<String, Object> defaultNormalizers() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("module", "dlt.common.normalizers.json.relational");
    Map<String, Object> normalizers = new LinkedHashMap<>();
    normalizers.put("names", "snake_case");
    normalizers.put("json", json);
    return normalizers;
  }

  private static Table system(String name, String description, Draft... columns) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("write_disposition", "skip");
    properties.put("resource", name);
    properties.put("description", description);
    return new Table(name, columns(columns), properties);
  }

  private static Table pipelineState() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("write_disposition", "append");
    properties.put("file_format", "preferred");
    properties.put("resource", "_dlt_pipeline_state");
    properties.put("x-normalizer", Map.of("seen-data", true));
    return new Table(
        "_dlt_pipeline_state",
        columns(
            required("version", DataType.BIGINT).described("Numeric version of the pipeline state"),
            required("engine_version", DataType.BIGINT)
                .described("Version of the dlt state engine"),
            required("pipeline_name", DataType.TEXT)
                .described("Name of the pipeline this state belongs to"),
            required("state", DataType.TEXT)
                .described("Compressed JSON representation of the pipeline state"),
            required("created_at", DataType.TIMESTAMP)
                .described("Timestamp when this state was created"),
            nullable("version_hash", DataType.TEXT)
                .described("Hash of the state content, used to detect changes"),
            required("_dlt_load_id", DataType.TEXT)
                .hinted("precision", 64)
                .described("Load identifier linking this row to its load operation"),
            required("_dlt_id", DataType.TEXT).hinted("unique", true).hinted("row_key", true)),
        properties);
  }

  private static Map<String, Column> columns(Draft... drafts) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Draft draft : drafts) {
      columns.put(draft.name, new Column(draft.name, draft.type, draft.nullable, draft.hints));
    }
    return columns;
  }

  private static Draft required(String name, DataType type) {
    return new Draft(name, type, false, new LinkedHashMap<>());
  }

  private static Draft nullable(String name, DataType type) {
    return new Draft(name, type, true, new LinkedHashMap<>());
  }

  private record Draft(String name, DataType type, boolean nullable, Map<String, Object> hints) {
    Draft hinted(String hint, Object value) {
      hints.put(hint, value);
      return this;
    }

    Draft described(String text) {
      return hinted("description", text);
    }
  }
}
