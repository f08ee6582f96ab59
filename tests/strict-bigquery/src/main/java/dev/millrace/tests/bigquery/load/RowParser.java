package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.catalog.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a line of newline JSON as a row of a table: keys are names of columns in any case, a key
 * that is no column's is an error unless unknown values are to be ignored, and REQUIRED columns
 * must be there and not null.
 */
final class RowParser {
  /** Ours are the rules for what is too long or too deep, not the parser's. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final List<Column> columns;
  private final Map<String, Integer> places = new HashMap<>();
  private final boolean ignoreUnknown;

  RowParser(List<Column> columns, boolean ignoreUnknown) {
    this.columns = columns;
    this.ignoreUnknown = ignoreUnknown;
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).key(), i);
      places.put(columns.get(i).name(), i);
    }
  }

  /** The row's values in the order of the columns, null where there is none. */
  Object[] parse(byte[] line, int length) throws RowException {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new RowException("Value encountered without start of object.");
      }
      Object[] row = new Object[columns.size()];
      boolean[] seen = new boolean[columns.size()];
      while (json.nextToken() != JsonToken.END_OBJECT) {
        field(json, row, seen);
      }
      if (json.nextToken() != null) {
        throw new RowException("Parser found more than one value in a line.");
      }
      checkRequired(row, seen);
      return row;
    } catch (JacksonException e) {
      throw new RowException("Parser error: " + e.getOriginalMessage());
    }
  }

  private void field(JsonParser json, Object[] row, boolean[] seen) throws RowException {
    String name = json.currentName();
    JsonToken token = json.nextToken();
    Integer place = places.get(name);
    if (place == null) {
      place = places.get(Column.key(name));
    }
    if (place == null) {
      if (!ignoreUnknown) {
        throw new RowException("No such field: " + name + ".");
      }
      json.skipChildren();
      return;
    }
    if (seen[place]) {
      throw new RowException("Repeated field: " + name + ".");
    }
    seen[place] = true;
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    row[place] = Values.read(columns.get(place), json);
  }

  private void checkRequired(Object[] row, boolean[] seen) throws RowException {
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      if (column.required() && row[i] == null) {
        throw new RowException(
            seen[i]
                ? "Only optional fields can be set to NULL. Field: %s; Value: NULL"
                    .formatted(column.name())
                : "Missing required field: %s.".formatted(column.name()));
      }
    }
  }
}
