package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.Dataset;
import dev.millrace.tests.bigquery.catalog.DatasetName;
import dev.millrace.tests.bigquery.catalog.Relation;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.catalog.TableDefinition;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.rows.ResultRows;
import dev.millrace.tests.bigquery.rows.RowJson;
import dev.millrace.tests.bigquery.rows.TableReader;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The calls of {@code tables} (list, get, insert, delete) and {@code tabledata.list}. */
final class TableCalls {
  private final Catalog catalog;
  private final Database database;
  private final TableReader reader;

  TableCalls(Catalog catalog, Database database) {
    this.catalog = catalog;
    this.database = database;
    this.reader = new TableReader(database);
  }

  Answer list(Request request) {
    return catalog.reading(
        () -> {
          Dataset dataset = catalog.dataset(new DatasetName(request.project(), request.part(2)));
          List<Relation> all = new ArrayList<>(dataset.relations().values());
          Paging paging = Paging.of(request);
          int from = (int) Math.min(paging.start(), all.size());
          int to = (int) Math.min(paging.start() + paging.most(), all.size());
          ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", "bigquery#tableList");
          ArrayNode tables = json.putArray("tables");
          all.subList(from, to).forEach(relation -> tables.add(TableJson.summary(relation)));
          putNext(json, paging, all.size());
          return Answer.ok(json.put("totalItems", all.size()));
        });
  }

  Answer get(Request request) {
    return catalog.reading(
        () -> {
          Relation relation = catalog.relation(name(request));
          ObjectNode json = TableJson.write(relation);
          json.put("location", catalog.dataset(relation.name().dataset()).location());
          if (relation instanceof Table table) {
            json.put("numRows", String.valueOf(database.count(table.storedAs())));
          }
          return Answer.ok(json);
        });
  }

  Answer insert(Request request) {
    JsonNode body = request.body();
    if (body.has("view") || body.has("materializedView") || body.has("externalDataConfiguration")) {
      throw RefusedException.notCovered("tables.insert of anything but tables; use DDL");
    }
    TableDefinition definition = TableJson.read(body);
    TableName name =
        new TableName(
            request.project(),
            request.part(2),
            body.path("tableReference").path("tableId").asString(""));
    return Answer.ok(
        catalog.changing(() -> TableJson.write(catalog.createTable(name, definition))));
  }

  Answer delete(Request request) {
    return catalog.changing(
        () -> {
          catalog.drop(name(request));
          return Answer.noContent();
        });
  }

  Answer data(Request request) {
    return catalog.reading(
        () -> {
          Table table = catalog.table(name(request));
          long total = database.count(table.storedAs());
          Paging paging = Paging.of(request);
          ResultRows page =
              reader.page(table, selected(request, table), paging.start(), paging.most());
          ObjectNode json =
              JsonNodeFactory.instance
                  .objectNode()
                  .put("kind", "bigquery#tableDataList")
                  .put("etag", table.etag())
                  .put("totalRows", String.valueOf(total));
          json.set("rows", rowJson(request).rows(page.rows(), 0, page.rows().size()));
          putNext(json, paging, total);
          return Answer.ok(json);
        });
  }

  /** The columns that the call asks for, in the table's order; all unless it says. */
  private static List<Column> selected(Request request, Table table) {
    String fields = request.parameter("selectedFields");
    if (fields == null || fields.isBlank()) {
      return table.columns();
    }
    List<String> keys = new ArrayList<>();
    for (String field : fields.split(",")) {
      if (table.column(field.strip()) == null) {
        throw new RefusedException(
            Reason.INVALID, "Could not find field %s in the table".formatted(field.strip()));
      }
      keys.add(Column.key(field.strip()));
    }
    return table.columns().stream().filter(column -> keys.contains(column.key())).toList();
  }

  static RowJson rowJson(Request request) {
    return new RowJson(
        request.flag("formatOptions.useInt64Timestamp")
            || "INT64".equals(request.parameter("formatOptions.timestampOutputFormat")));
  }

  static void putNext(ObjectNode json, Paging paging, long total) {
    String next = paging.next(total);
    if (next != null) {
      json.put("pageToken", next).put("nextPageToken", next);
    }
  }

  private static TableName name(Request request) {
    return new TableName(request.project(), request.part(2), request.part(4));
  }
}
