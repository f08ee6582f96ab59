package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.TypeName;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A query's parameters, as literals of DuckDB's. */
public final class Parameters {
  /** For what takes no parameters, such as a view. */
  public static final Parameters NONE = new Parameters(Map.of(), List.of());

  private final Map<String, String> named;
  private final List<String> positional;

  private Parameters(Map<String, String> named, List<String> positional) {
    this.named = named;
    this.positional = positional;
  }

  /** From the API's {@code queryParameters}; a missing node has none. */
  public static Parameters read(JsonNode queryParameters) {
    Map<String, String> named = new HashMap<>();
    List<String> positional = new ArrayList<>();
    for (JsonNode parameter : queryParameters) {
      String literal = literal(parameter.path("parameterType"), parameter.path("parameterValue"));
      if (parameter.hasNonNull("name")) {
        named.put(key(parameter.path("name").asString()), literal);
      } else {
        positional.add(literal);
      }
    }
    return new Parameters(named, positional);
  }

  String named(String name) {
    String literal = named.get(key(name));
    if (literal == null) {
      throw new RefusedException(
          Reason.INVALID_QUERY, "Query parameter '%s' not found".formatted(name));
    }
    return literal;
  }

  String positional(int index) {
    if (index >= positional.size()) {
      throw new RefusedException(
          Reason.INVALID_QUERY,
          "Number of positional parameters provided (%d) is less than required"
              .formatted(positional.size()));
    }
    return positional.get(index);
  }

  private static String literal(JsonNode type, JsonNode value) {
    String typeName = type.path("type").asString("");
    if (typeName.equals("ARRAY")) {
      List<String> items = new ArrayList<>();
      for (JsonNode item : value.path("arrayValues")) {
        items.add(literal(type.path("arrayType"), item));
      }
      return "CAST([%s] AS %s[])"
          .formatted(String.join(", ", items), duckDb(type.path("arrayType").path("type")));
    }
    JsonNode text = value.path("value");
    if (typeName.equals("BYTES") && !text.isNull()) {
      return "from_base64(%s)".formatted(Database.literal(text.asString()));
    }
    return "CAST(%s AS %s)"
        .formatted(
            text.isNull() || text.isMissingNode() ? "NULL" : Database.literal(text.asString()),
            duckDb(type.path("type")));
  }

  private static String duckDb(JsonNode type) {
    TypeName name = TypeName.find(type.asString(""));
    if (name == null) {
      throw RefusedException.notCovered("query parameters of type " + type);
    }
    return name.duckDb();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
