package dev.millrace.loader.schema;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives columns of a schema the types that the tables have. */
final class Adoption {
  /** Hints that say more of a type, and no longer hold of another. */
  private static final Set<String> TYPE_HINTS = Set.of("precision", "scale", "timezone");

  private Adoption() {}

  /**
   * The schema that follows the tables; the very one that was given if it does already.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if a schema can't have such a type
   */
  static StoredSchema of(StoredSchema stored, List<OtherColumn> others) throws LoadException {
    Schema followed = stored.schema();
    for (OtherColumn other : others) {
      followed = follow(followed, other);
    }
    return followed.equals(stored.schema())
        ? stored
        : new StoredSchema(
            followed.savedAfter(stored.schema()),
            stored.rawPaths(),
            stored.additions(),
            stored.generation());
  }

  private static Schema follow(Schema schema, OtherColumn other) throws LoadException {
    Table table = schema.table(other.table());
    Column column = table == null ? null : table.columns().get(other.column());
    if (other.type() == null || column == null || table.isSystem()) {
      throw impossible(other);
    }
    Map<String, Object> hints = new LinkedHashMap<>(column.hints());
    hints.keySet().removeAll(TYPE_HINTS);
    Map<String, Column> columns = new LinkedHashMap<>(table.columns());
    columns.put(
        column.name(), new Column(column.name(), other.type(), column.statedNullable(), hints));
    return schema.with(List.of(new Table(table.name(), columns, table.properties())));
  }

  /** That no schema can have the type. */
  static LoadException impossible(OtherColumn other) {
    return new LoadException(
        LoadError.MISCONFIGURED,
        "column %s of table %s has the type %s, which Millrace can't load into: somebody changed it by hand. Change it back, or rename the column and Millrace makes it anew"
            .formatted(other.column(), other.table(), other.physicalType()));
  }
}
