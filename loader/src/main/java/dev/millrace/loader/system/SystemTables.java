package dev.millrace.loader.system;

import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.List;
import java.util.Map;

/** The tables of a dataset that are no event's. */
public final class SystemTables {
  /** One row per outcome of a batch object; rows are only ever added. */
  public static final SystemTable BATCHES =
      new SystemTable(
          "_millrace_batches",
          "Every outcome of every batch object. A loaded one has"
              + " events_read = events_loaded + events_duplicate + events_bad.",
          List.of(
              required("recorded_at", DataType.TIMESTAMP, "When this row was made"),
              required("load_id", DataType.TEXT, "The batch's load id, as in _dlt_load_id"),
              required("bucket", DataType.TEXT, "Bucket of the batch object"),
              required("object", DataType.TEXT, "Name of the batch object"),
              required("generation", DataType.BIGINT, "Generation of the batch object"),
              required("state", DataType.TEXT, "loaded or failed"),
              optional("code", DataType.TEXT, "For a failed batch, the code of the failure"),
              optional("detail", DataType.TEXT, "For a failed batch, what was wrong"),
              optional("format", DataType.TEXT, "text, gzip or avro"),
              optional("bytes", DataType.BIGINT, "Bytes of the batch object"),
              optional("events_read", DataType.BIGINT, "Events found in the object"),
              optional("events_loaded", DataType.BIGINT, "Events of which rows were made"),
              optional(
                  "events_duplicate",
                  DataType.BIGINT,
                  "Events whose messageId another event of the batch has"),
              optional("events_bad", DataType.BIGINT, "Events in _millrace_bad_events, whole ones"),
              optional(
                  "rows_bad",
                  DataType.BIGINT,
                  "Rows in _millrace_bad_events that belong to events which did load"),
              optional("bad_by_reason", DataType.JSON, "Rows of _millrace_bad_events by reason"),
              optional(
                  "discarded_values",
                  DataType.JSON,
                  "Values that a contract dropped, by table.column"),
              optional("guards", DataType.JSON, "How often each guard acted"),
              optional("rows_loaded", DataType.JSON, "Rows loaded, by table"),
              optional("load_jobs", DataType.JSON, "Ids of the warehouse's load jobs, by table"),
              optional("attempt", DataType.TEXT, "Which attempt at the package was sealed"),
              optional("schema_version", DataType.BIGINT, "Version of the schema of the package"),
              optional("schema_version_hash", DataType.TEXT, "Hash of that version"),
              optional("started_at", DataType.TIMESTAMP, "When that attempt began"),
              optional("sealed_at", DataType.TIMESTAMP, "When the package was complete"),
              optional("committed_at", DataType.TIMESTAMP, "When all rows were in")),
          "recorded_at");

  /** What could not be loaded. */
  public static final SystemTable BAD_EVENTS =
      new SystemTable(
          "_millrace_bad_events",
          "Events, and rows of events, that could not be loaded, with their bytes.",
          List.of(
              required("received_at", DataType.TIMESTAMP, "When the message was published"),
              required("load_id", DataType.TEXT, "The batch's load id"),
              required("bucket", DataType.TEXT, "Bucket of the batch object"),
              required("object", DataType.TEXT, "Name of the batch object"),
              required("generation", DataType.BIGINT, "Generation of the batch object"),
              required("reason", DataType.TEXT, "Code of what is wrong"),
              required("detail", DataType.TEXT, "What is wrong, for a person"),
              required(
                  "partial",
                  DataType.BOOL,
                  "false: the whole event is bad; true: a row of an event that did load"),
              optional("event_id", DataType.TEXT, "_dlt_id of the event's root row, if known"),
              optional(
                  "table_name", DataType.TEXT, "The table of a partial one, or of a refused row"),
              optional("message_id", DataType.TEXT, "Pub/Sub's message id, if known"),
              optional(
                  "message_number",
                  DataType.BIGINT,
                  "Which message of the object, from 0; none for a row that the warehouse refused"),
              optional("event_index", DataType.BIGINT, "Which JSON value of the message, from 0"),
              optional(
                  "byte_offset",
                  DataType.BIGINT,
                  "Where it begins in the message or text; none for such a row"),
              required("raw_bytes", DataType.BIGINT, "Its length, even where raw is cut"),
              required("raw_sha256", DataType.TEXT, "Hex SHA-256 of its bytes as they came"),
              required(
                  "raw",
                  DataType.BINARY,
                  "Its bytes, or their beginning; with privacy rules applied, or else none")),
          "received_at");

  /** What the batches added to the schema. */
  public static final SystemTable SCHEMA_CHANGES =
      new SystemTable(
          "_millrace_schema_changes",
          "Every table and column that a batch added, and the first row that needed it.",
          List.of(
              required("recorded_at", DataType.TIMESTAMP, "When the batch was committed"),
              required("change_id", DataType.TEXT, "The same however often the change is told"),
              required("load_id", DataType.TEXT, "Load id of the batch that needed it"),
              required("kind", DataType.TEXT, "new-table, new-column or variant"),
              required("table_name", DataType.TEXT, "The table"),
              optional("column_name", DataType.TEXT, "The column; none for a new table"),
              optional("from_type", DataType.TEXT, "For a variant, the type that did not fit"),
              optional("to_type", DataType.TEXT, "The new column's type"),
              optional("first_row_id", DataType.TEXT, "_dlt_id of the first row that needed it"),
              optional("raw_path", DataType.TEXT, "The raw path behind a name with a tag")),
          "recorded_at");

  private static final Map<String, Table> DLT = Schema.initial("millrace").tables();

  /** dlt's versions of the schema. */
  public static final SystemTable VERSION = dlt("_dlt_version", "inserted_at");

  /** dlt's loads: a row means that all of the load is in. */
  public static final SystemTable LOADS = dlt("_dlt_loads", "inserted_at");

  /** dlt's state of the pipeline. */
  public static final SystemTable PIPELINE_STATE = dlt("_dlt_pipeline_state", "created_at");

  /** All of them. */
  public static final List<SystemTable> ALL =
      List.of(BATCHES, BAD_EVENTS, SCHEMA_CHANGES, VERSION, PIPELINE_STATE, LOADS);

  private SystemTables() {}

  private static SystemTable dlt(String name, String partitionedBy) {
    Table table = DLT.get(name);
    Object description =
        table.properties().getOrDefault("description", "Created by DLT. Tracks pipeline state");
    return new SystemTable(
        name, description.toString(), List.copyOf(table.columns().values()), partitionedBy);
  }

  private static Column required(String name, DataType type, String description) {
    return new Column(name, type, false, Map.of("description", description));
  }

  private static Column optional(String name, DataType type, String description) {
    return new Column(name, type, true, Map.of("description", description));
  }
}
