package dev.millrace.normalizer.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A schema: dlt's stored schema document (spec 5.1), its own tables among the others. Immutable.
 *
 * @param name the schema's name
 * @param version counts the versions that were saved; 0 before the first
 * @param tables by name, in the order of their creation
 * @param settings the document's {@code settings}
 * @param normalizers the document's {@code normalizers}
 * @param previousHashes hashes of the versions before this, newest first, ten at most
 */
public record Schema(
    String name,
    long version,
    Map<String, Table> tables,
    Map<String, Object> settings,
    Map<String, Object> normalizers,
    List<String> previousHashes) {

  /** The version of dlt's document format that is written and read. */
  public static final int ENGINE_VERSION = 11;

  private static final int MAX_PREVIOUS_HASHES = 10;

  public Schema {
    Objects.requireNonNull(name, "name");
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    normalizers = Collections.unmodifiableMap(new LinkedHashMap<>(normalizers));
    previousHashes = List.copyOf(previousHashes);
  }

  /** A schema that has seen no event: dlt's own tables, the state table among them. */
  public static Schema initial(String name) {
    Map<String, Table> tables = new LinkedHashMap<>();
    for (Table table : DltTables.ALL) {
      tables.put(table.name(), table);
    }
    return new Schema(
        name, 0, tables, DltTables.defaultSettings(), DltTables.defaultNormalizers(), List.of());
  }

  /**
   * Reads a stored schema document.
   *
   * @throws IllegalArgumentException if it is none; the message says where
   */
  public static Schema parse(byte[] document) {
    return SchemaDocument.read(document);
  }

  /** The stored schema document: compact JSON, UTF-8, its {@link #versionHash} included. */
  public byte[] document() {
    return SchemaDocument.write(this);
  }

  /** dlt's hash of the content (spec 5.2): base64 of SHA3-256. Computed anew at each call. */
  public String versionHash() {
    return VersionHash.of(this);
  }

  /** The table of that name, or null. */
  public Table table(String tableName) {
    return tables.get(tableName);
  }

  /** This schema with {@code changed} tables put in, new ones last; version and history stay. */
  public Schema with(Collection<Table> changed) {
    Map<String, Table> all = new LinkedHashMap<>(tables);
    for (Table table : changed) {
      all.put(table.name(), table);
    }
    return new Schema(name, version, all, settings, normalizers, previousHashes);
  }

  /** This schema with other {@code normalizers}; version and history stay. */
  public Schema withNormalizers(Map<String, Object> changed) {
    return new Schema(name, version, tables, settings, changed, previousHashes);
  }

  /** This schema with other {@code settings}; version and history stay. */
  public Schema withSettings(Map<String, Object> changed) {
    return new Schema(name, version, tables, changed, normalizers, previousHashes);
  }

  /** This content as the version that is saved after {@code before}. */
  public Schema savedAfter(Schema before) {
    List<String> hashes = new ArrayList<>();
    if (before.version > 0) {
      hashes.add(before.versionHash());
    }
    for (String hash : before.previousHashes) {
      if (hashes.size() < MAX_PREVIOUS_HASHES && !hashes.contains(hash)) {
        hashes.add(hash);
      }
    }
    return new Schema(name, before.version + 1, tables, settings, normalizers, hashes);
  }
}
