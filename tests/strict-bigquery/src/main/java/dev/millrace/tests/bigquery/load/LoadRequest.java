package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a load job is to do. */
public record LoadRequest(
    TableName table,
    List<String> uris,
    Writing writing,
    boolean ignoreUnknownValues,
    int maxBadRecords) {
  /** The job's {@code writeDisposition}. */
  public enum Writing {
    WRITE_APPEND,
    WRITE_TRUNCATE,
    WRITE_EMPTY
  }

  /** Docs page "Quotas and limits", load jobs: source URIs in a job's configuration. */
  private static final int MOST_URIS = 10_000;

  public LoadRequest {
    uris = List.copyOf(uris);
  }

  /**
   * Reads a job's {@code configuration.load}.
   *
   * @throws RefusedException if it makes no sense, or asks for what is not covered here
   */
  public static LoadRequest read(JsonNode load, String project) {
    JsonNode table = load.path("destinationTable");
    if (!table.hasNonNull("tableId") || !table.hasNonNull("datasetId")) {
      throw new RefusedException(Reason.INVALID, "Required parameter is missing: destinationTable");
    }
    TableName name =
        new TableName(
            table.path("projectId").asString(project),
            table.path("datasetId").asString(),
            table.path("tableId").asString());
    List<String> uris = new ArrayList<>();
    load.path("sourceUris").forEach(uri -> uris.add(uri.asString()));
    if (uris.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID, "Load configuration must specify at least one source URI");
    }
    if (uris.size() > MOST_URIS) {
      throw new RefusedException(
          Reason.INVALID, "Too many source URIs: %d, allowed %d".formatted(uris.size(), MOST_URIS));
    }
    refuseWhatIsNotCovered(load, name);
    return new LoadRequest(
        name,
        uris,
        Writing.valueOf(load.path("writeDisposition").asString(Writing.WRITE_APPEND.name())),
        load.path("ignoreUnknownValues").asBoolean(false),
        load.path("maxBadRecords").asInt(0));
  }

  private static void refuseWhatIsNotCovered(JsonNode load, TableName name) {
    if (!load.path("sourceFormat").asString("CSV").equals("NEWLINE_DELIMITED_JSON")) {
      throw RefusedException.notCovered("loads of " + load.path("sourceFormat").asString("CSV"));
    }
    if (load.has("schema")) {
      throw RefusedException.notCovered("loads that bring a schema");
    }
    if (load.path("autodetect").asBoolean(false)) {
      throw RefusedException.notCovered("autodetect");
    }
    if (!load.path("schemaUpdateOptions").isEmpty()) {
      throw RefusedException.notCovered("schemaUpdateOptions");
    }
    if (name.table().indexOf('$') >= 0) {
      throw RefusedException.notCovered("partition decorators");
    }
  }
}
