package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.ColumnType;
import dev.millrace.tests.bigquery.catalog.Partitioning;
import dev.millrace.tests.bigquery.catalog.Relation;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.catalog.TableDefinition;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.catalog.TypeName;
import dev.millrace.tests.bigquery.catalog.View;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.rows.RowJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The API's {@code Table} resource. */
final class TableJson {
  private TableJson() {}

  /** A table or view, without its count of rows. */
  static ObjectNode write(Relation relation) {
    ObjectNode json = summary(relation);
    json.put("creationTime", String.valueOf(relation.creationMillis()));
    json.set("schema", RowJson.schema(relation.columns()));
    if (relation.description() != null) {
      json.put("description", relation.description());
    }
    if (relation instanceof View view) {
      json.putObject("view").put("query", view.query()).put("useLegacySql", false);
      json.put("etag", "\"%x\"".formatted(view.creationMillis()));
    } else if (relation instanceof Table table) {
      json.put("etag", table.etag());
      json.put("lastModifiedTime", String.valueOf(table.modifiedMillis()));
      putLayout(json, table.definition());
    }
    return json;
  }

  /** As it stands in a list of tables. */
  static ObjectNode summary(Relation relation) {
    TableName name = relation.name();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "bigquery#table")
            .put("id", name.toString())
            .put("type", relation instanceof View ? "VIEW" : "TABLE")
            .put("creationTime", String.valueOf(relation.creationMillis()));
    json.set("tableReference", reference(name));
    if (relation instanceof Table table) {
      putLayout(json, table.definition());
    }
    return json;
  }

  static ObjectNode reference(TableName name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("projectId", name.dataset().project())
        .put("datasetId", name.dataset().dataset())
        .put("tableId", name.table());
  }

  private static void putLayout(ObjectNode json, TableDefinition definition) {
    Partitioning partitioning = definition.partitioning();
    if (partitioning != null) {
      ObjectNode time =
          json.putObject("timePartitioning")
              .put("type", partitioning.granularity().name())
              .put("field", partitioning.column());
      if (partitioning.expirationMillis() != null) {
        time.put("expirationMs", partitioning.expirationMillis().toString());
      }
    }
    if (!definition.clustering().isEmpty()) {
      ArrayNode fields = json.putObject("clustering").putArray("fields");
      definition.clustering().forEach(fields::add);
    }
  }

  static TableDefinition read(JsonNode json) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode field : json.path("schema").path("fields")) {
      columns.add(column(field));
    }
    List<String> clustering = new ArrayList<>();
    json.path("clustering").path("fields").forEach(field -> clustering.add(field.asString()));
    return new TableDefinition(
        columns, partitioning(json), clustering, json.path("description").asString(null));
  }

  private static Column column(JsonNode field) {
    String type = field.path("type").asString("");
    TypeName name = TypeName.find(type);
    String mode = field.path("mode").asString("NULLABLE");
    if (name == null || mode.equals("REPEATED")) {
      throw RefusedException.notCovered("columns that are " + mode + " " + type);
    }
    Integer precision =
        integer(
            field, name == TypeName.STRING || name == TypeName.BYTES ? "maxLength" : "precision");
    return new Column(
        field.path("name").asString(""),
        new ColumnType(name, precision, integer(field, "scale")),
        mode.equals("REQUIRED"),
        field.path("description").asString(null));
  }

  /** The API writes 64-bit integers as texts. */
  private static Integer integer(JsonNode field, String name) {
    String text = field.path(name).asString(null);
    return text == null || text.equals("0") ? null : Integer.valueOf(text);
  }

  private static Partitioning partitioning(JsonNode json) {
    JsonNode time = json.path("timePartitioning");
    if (json.has("rangePartitioning") || time.isObject() && !time.hasNonNull("field")) {
      throw RefusedException.notCovered("partitioning by ranges or by ingestion time");
    }
    if (!time.isObject()) {
      return null;
    }
    String expiration = time.path("expirationMs").asString(null);
    return new Partitioning(
        time.path("field").asString(),
        Partitioning.Granularity.valueOf(time.path("type").asString("DAY")),
        expiration == null ? null : Long.valueOf(expiration));
  }
}
