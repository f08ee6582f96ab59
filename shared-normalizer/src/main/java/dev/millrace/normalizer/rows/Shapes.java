package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.names.RawPath;
import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes shapes and fields: finds the table and the column that belong to a name or a key. */
final class Shapes {
  private static final String FALLBACK_TABLE = "events";

  /** More fields than this are forgotten together: shapes must not grow with what clients send. */
  private static final int MAX_FIELDS = 200_000;

  /** What a field takes with a short key. */
  private static final int FIELD_BYTES = 256;

  /** How many fields take as much as a table and its shape. */
  private static final int TABLE_FIELDS = 4;

  private final TableSlots tables;
  private final SnakeCase names;
  private final TableNames tableNames;
  private final NormalizerSettings settings;
  private final long seed;

  /** Fields made so far, and what takes as much memory: long keys, tables, names of events. */
  private int fieldCount;

  /**
   * @param rawPaths the raw path behind each tagged name of the schema
   * @param seed chosen per batch, so that nobody can send keys that collide
   */
  Shapes(
      TableSlots tables,
      Schema schema,
      Map<String, String> rawPaths,
      NormalizerSettings settings,
      long seed) {
    this.tables = tables;
    this.names = tables.names();
    this.tableNames = new TableNames(names, schema, rawPaths);
    this.settings = settings;
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  /** Whether there are so many that they must be forgotten, after which they are counted anew. */
  boolean areTooMany() {
    boolean tooMany = fieldCount > MAX_FIELDS;
    if (tooMany) {
      fieldCount = 0;
    }
    return tooMany;
  }

  private void count(int bytes) {
    fieldCount += 1 + 3 * bytes / FIELD_BYTES;
  }

  /** Whether an event's name is more than blanks and separators (M2). */
  boolean isName(String eventName) {
    return !names.path(eventName).isEmpty();
  }

  /** Counts an event's name, which is kept. */
  void named(int bytes) {
    count(bytes);
  }

  /** The shape of events of that name (design, "The event"; departures M2, M12). */
  ObjectShape root(String eventName) {
    String name = names.path(eventName);
    if (SystemColumns.isReserved(name)) {
      name = names.join("event" + name);
    }
    RawPath rawPath = RawPath.of(eventName);
    RawPath tagSource = null;
    if (tables.isTaken(name, false)) {
      tagSource = rawPath;
      name = tableNames.tagged(name, rawPath, false);
    }
    if (!tables.exists(name, false) && tables.isGuardReached() && !name.equals(FALLBACK_TABLE)) {
      return root(FALLBACK_TABLE);
    }
    TableSlot table = table(name, null, name, tagSource);
    return new ObjectShape(table, new RowShape(name, rawPath), settings.privacy().root(), seed);
  }

  /** Whether events of that name have no table and can't get one: each of them is counted. */
  boolean isGuarded(String eventName, ObjectShape shape) {
    return shape.table.name.equals(FALLBACK_TABLE) && !names.path(eventName).equals(FALLBACK_TABLE);
  }

  /** The guard that acts on such an event. */
  GuardName guardOfTables() {
    return tables.guardOfTables();
  }

  boolean isOutdated(TableSlot table) {
    return tables.isOutdated(table);
  }

  /** The shape of the lists of one field. */
  ListShape list(ObjectShape parent, Field field) {
    String path = parent.row.path() + "__" + parent.under(field.part);
    RawPath rawPath = parent.rawPath(field.key);
    String name = names.join(path);
    RawPath tagSource = null;
    if (tables.isTaken(name, true)) {
      tagSource = rawPath;
      name = tableNames.tagged(name, rawPath, true);
      path = name;
    }
    return list(field, name, path, rawPath, tagSource);
  }

  /**
   * The shape of a list whose own table another list of the same row has taken (M7).
   *
   * @param repetition as for {@link RawPath#tag}
   */
  ListShape taggedList(ObjectShape parent, Field field, RawPath tagSource, int repetition) {
    String plain = names.join(parent.row.path() + "__" + parent.under(field.part));
    String name = names.tagged(plain, tagSource, repetition);
    return list(field, name, name, parent.rawPath(field.key), tagSource);
  }

  private ListShape list(
      Field field, String name, String path, RawPath rawPath, RawPath tagSource) {
    if (!tables.exists(name, true) && tables.isGuardReached()) {
      return ListShape.KEPT;
    }
    TableSlot parent = field.shape.table;
    TableSlot table = table(name, parent.name, parent.root, tagSource);
    if (!table.hasRootKey && (settings.rootKey() || parent.hasRootKey)) {
      table.hasRootKey = true;
      table.hasSystemColumns = false;
    }
    RowShape row = new RowShape(path, rawPath);
    return new ListShape(table, new ObjectShape(table, row, field.place.element(), seed));
  }

  private TableSlot table(String name, String parent, String root, RawPath rawPath) {
    TableSlot known = tables.known(name, parent != null);
    if (known != null) {
      return known;
    }
    fieldCount += TABLE_FIELDS;
    return tables.add(name, parent, root, rawPath);
  }

  Field field(ObjectShape shape, String key, byte[] spelled) {
    count(spelled.length);
    String part = names.path(key);
    if (part.isEmpty()) {
      part = "_empty";
    }
    if (SystemColumns.isReserved(part) && !settings.trustSystemKeys()
        || SystemColumns.isBigQuerys(part)) {
      part = "event" + part;
    }
    String name = names.join(shape.under(part));
    return new Field(
        shape,
        key,
        spelled,
        part,
        tables.column(shape.table, name),
        shape.place.key(key),
        role(shape, key, name));
  }

  /** A field for list elements that are no objects, under the name that dlt gives them. */
  Field elementField(ObjectShape shape, String name) {
    byte[] spelled = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
    ColumnSlot column = tables.column(shape.table, name);
    return new Field(shape, name, spelled, name, column, shape.place, Field.Role.NONE);
  }

  private Field.Role role(ObjectShape shape, String key, String name) {
    if (shape.isEvent() && key.equals("messageId")) {
      return Field.Role.MESSAGE_ID;
    }
    boolean written =
        switch (name) {
          case "_dlt_load_id" -> shape.table.parent == null;
          case "_dlt_parent_id", "_dlt_list_idx" -> shape.table.parent != null;
          case "_millrace_received_at", "_millrace_overflow" -> true;
          default -> false;
        };
    return settings.trustSystemKeys() && written ? Field.Role.SKIPPED : Field.Role.NONE;
  }
}
