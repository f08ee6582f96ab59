package dev.millrace.loader.ports;

import dev.millrace.normalizer.schema.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A load package whose manifest is written: it never changes again.
 *
 * @param loadId the batch's load id
 * @param schema what the tables have been brought to; has every column of the parts
 * @param tables the event tables with rows; a bad-events part is loaded with the commit rows
 */
public record SealedPackage(String loadId, Schema schema, Map<String, TableParts> tables) {
  public SealedPackage {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /**
   * One table's rows.
   *
   * @param locations of its parts, newline JSON, as {@link Staging#location} gives them
   * @param columns that the rows may have, in the table's order; no row has another
   * @param rows in all parts
   */
  public record TableParts(List<String> locations, List<String> columns, long rows) {
    public TableParts {
      locations = List.copyOf(locations);
      columns = List.copyOf(columns);
    }
  }
}
