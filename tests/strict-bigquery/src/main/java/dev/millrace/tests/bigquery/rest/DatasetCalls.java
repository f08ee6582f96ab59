package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.catalog.Dataset;
import dev.millrace.tests.bigquery.catalog.DatasetName;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The calls of {@code datasets}: list, get, insert, delete. */
final class DatasetCalls {
  private final Catalog catalog;

  DatasetCalls(Catalog catalog) {
    this.catalog = catalog;
  }

  Answer list(Request request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", "bigquery#datasetList");
    ArrayNode datasets = json.putArray("datasets");
    catalog.datasets(request.project()).forEach(dataset -> datasets.add(json(dataset)));
    return Answer.ok(json);
  }

  Answer get(Request request) {
    return Answer.ok(json(catalog.dataset(name(request))));
  }

  Answer insert(Request request) {
    String id = request.body().path("datasetReference").path("datasetId").asString("");
    String location = request.body().path("location").asString("US");
    DatasetName name = new DatasetName(request.project(), id);
    return Answer.ok(json(catalog.changing(() -> catalog.createDataset(name, location))));
  }

  Answer delete(Request request) {
    return catalog.changing(
        () -> {
          catalog.deleteDataset(name(request), request.flag("deleteContents"));
          return Answer.noContent();
        });
  }

  private static DatasetName name(Request request) {
    return new DatasetName(request.project(), request.part(2));
  }

  private static ObjectNode json(Dataset dataset) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "bigquery#dataset")
            .put("id", dataset.name().toString())
            .put("location", dataset.location())
            .put("etag", "\"%x\"".formatted(dataset.creationMillis()))
            .put("creationTime", String.valueOf(dataset.creationMillis()))
            .put("lastModifiedTime", String.valueOf(dataset.creationMillis()));
    json.putObject("datasetReference")
        .put("projectId", dataset.name().project())
        .put("datasetId", dataset.name().dataset());
    return json;
  }
}
