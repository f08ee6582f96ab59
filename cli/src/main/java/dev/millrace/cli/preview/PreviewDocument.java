package dev.millrace.cli.preview;

import dev.millrace.cli.files.Place;
import dev.millrace.loader.read.BatchFormat;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A preview for programs, as {@code docs/preview.md} describes it: every key is always there, null
 * where there is nothing to say.
 */
final class PreviewDocument {
  /** The key that tells such a document from others; its value is the form's version. */
  static final String FORM = "millrace_preview";

  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Findings found;
  private final List<FailOn> failedOn;
  private final UnaryOperator<String> rowFile;

  /**
   * @param failedOn the conditions that hold
   * @param rowFile the file that a table's rows are in, by the table's name; null for none
   */
  PreviewDocument(Findings found, List<FailOn> failedOn, UnaryOperator<String> rowFile) {
    this.found = found;
    this.failedOn = failedOn;
    this.rowFile = rowFile;
  }

  /** Indented JSON that ends in a newline. */
  String json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content()) + "\n";
  }

  private Map<String, Object> content() {
    NormalizedBatch batch = found.batch();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(FORM, VERSION);
    document.put("files", found.files().stream().map(PreviewDocument::file).toList());
    document.put("against", found.against().name());
    document.put("events", events(batch));
    document.put("tables", found.tables().stream().map(this::table).toList());
    document.put("changes", found.changes().stream().map(PreviewDocument::change).toList());
    document.put("bad", bad());
    document.put("guards", batch.guards());
    document.put("discarded_values", batch.discardedValues());
    document.put("failed_on", failedOn.stream().map(FailOn::toString).toList());
    return document;
  }

  private static Map<String, Object> file(FileRead file) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", file.name());
    content.put("format", file.format());
    content.put("bytes", file.bytes());
    return content;
  }

  private static Map<String, Object> events(NormalizedBatch batch) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("read", batch.read());
    content.put("loaded", batch.loaded());
    content.put("duplicate", batch.duplicate());
    content.put("bad", batch.bad());
    return content;
  }

  private Map<String, Object> table(Table table) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", table.name());
    content.put("parent", table.parent());
    content.put("new", found.isNew(table));
    content.put("rows", found.batch().rows().get(table.name()));
    content.put("file", rowFile.apply(table.name()));
    content.put(
        "columns",
        table.columns().values().stream()
            .filter(Column::isComplete)
            .map(column -> column(table, column))
            .toList());
    return content;
  }

  private Map<String, Object> column(Table table, Column column) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", column.name());
    content.put("type", column.type().word());
    content.put("nullable", column.nullable());
    content.put("new", found.isNew(table, column));
    content.put("variant", column.isVariant());
    content.put("description", column.description());
    return content;
  }

  private static Map<String, Object> change(PlacedChange placed) {
    SchemaChange change = placed.change();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("kind", change.kind().word());
    content.put("table", change.table());
    content.put("column", change.column());
    content.put("from_type", word(change.fromType()));
    content.put("to_type", word(change.toType()));
    content.put("raw_path", change.rawPath());
    content.put("first_at", place(placed.first(), placed.eventIndex()));
    return content;
  }

  private static String word(DataType type) {
    return type == null ? null : type.word();
  }

  private Map<String, Object> bad() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("by_reason", found.badByReason());
    content.put("first", found.bad().stream().map(PreviewDocument::bad).toList());
    content.put("not_listed", found.unlistedBad());
    return content;
  }

  private static Map<String, Object> bad(PlacedBad placed) {
    SeenBad event = placed.event();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("reason", event.reason());
    content.put("detail", event.detail());
    content.put("partial", event.partial());
    content.put("table", event.table());
    content.put("at", place(placed.place(), event.eventIndex()));
    return content;
  }

  private static Map<String, Object> place(Place place, long eventIndex) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("file", place.file());
    content.put("line", place.line());
    content.put(
        "message_number", place.format() == BatchFormat.AVRO ? place.spot().messageNumber() : null);
    content.put("event_index", eventIndex < 0 ? null : eventIndex);
    content.put("byte_offset", place.spot().byteOffset());
    return content;
  }
}
