package dev.millrace.normalizer.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** dlt's stored schema document, as JSON (spec 5.1). */
final class SchemaDocument {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SchemaDocument() {}

  static byte[] write(Schema schema) {
    Map<String, Object> document = content(schema);
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("version", schema.version());
    ordered.put("version_hash", schema.versionHash());
    ordered.putAll(document);
    ordered.put("previous_hashes", schema.previousHashes());
    return JSON.writeValueAsBytes(ordered);
  }

  /** The document without what its hash leaves out. */
  static Map<String, Object> content(Schema schema) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("engine_version", Schema.ENGINE_VERSION);
    document.put("name", schema.name());
    Map<String, Object> tables = new LinkedHashMap<>();
    schema.tables().forEach((name, table) -> tables.put(name, content(table)));
    document.put("tables", tables);
    document.put("settings", schema.settings());
    document.put("normalizers", schema.normalizers());
    return document;
  }

  private static Map<String, Object> content(Table table) {
    Map<String, Object> columns = new LinkedHashMap<>();
    table.columns().forEach((name, column) -> columns.put(name, content(column)));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", table.name());
    content.put("columns", columns);
    content.putAll(table.properties());
    return content;
  }

  private static Map<String, Object> content(Column column) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", column.name());
    if (column.type() != null) {
      content.put("data_type", column.type().word());
    }
    if (column.statedNullable() != null) {
      content.put("nullable", column.statedNullable());
    }
    content.putAll(column.hints());
    return content;
  }

  static Schema read(byte[] bytes) {
    Map<String, Object> document;
    try {
      document = JSON.readValue(bytes, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a schema document: " + e.getOriginalMessage(), e);
    }
    Object engine = document.get("engine_version");
    if (!(engine instanceof Number number) || number.intValue() != Schema.ENGINE_VERSION) {
      throw new IllegalArgumentException(
          "schema document of engine version %s; %d is expected"
              .formatted(engine, Schema.ENGINE_VERSION));
    }
    Map<String, Table> tables = new LinkedHashMap<>();
    map(document.get("tables"), "tables")
        .forEach((name, table) -> tables.put(name, table(name, map(table, "tables." + name))));
    List<String> hashes = new ArrayList<>();
    if (document.get("previous_hashes") instanceof List<?> list) {
      list.forEach(hash -> hashes.add(String.valueOf(hash)));
    }
    return new Schema(
        text(document.get("name"), "name"),
        document.get("version") instanceof Number version ? version.longValue() : 0,
        tables,
        map(document.get("settings"), "settings"),
        map(document.get("normalizers"), "normalizers"),
        hashes);
  }

  private static Table table(String name, Map<String, Object> content) {
    Map<String, Column> columns = new LinkedHashMap<>();
    String at = "tables." + name + ".columns";
    map(content.remove("columns"), at)
        .forEach((key, column) -> columns.put(key, column(key, map(column, at + "." + key))));
    content.remove("name");
    return new Table(name, columns, content);
  }

  private static Column column(String name, Map<String, Object> content) {
    content.remove("name");
    Object type = content.remove("data_type");
    Object nullable = content.remove("nullable");
    if (nullable != null && !(nullable instanceof Boolean)) {
      throw new IllegalArgumentException(
          "schema document: nullable of column " + name + " is neither true nor false");
    }
    return new Column(
        name, type == null ? null : DataType.of(type.toString()), (Boolean) nullable, content);
  }

  private static Map<String, Object> map(Object value, String at) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("schema document: " + at + " is no object");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, each) -> copy.put(String.valueOf(key), each));
    return copy;
  }

  private static String text(Object value, String at) {
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException("schema document: " + at + " is no string");
    }
    return text;
  }
}
