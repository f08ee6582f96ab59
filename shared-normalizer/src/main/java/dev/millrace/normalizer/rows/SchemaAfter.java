package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.SchemaContract;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema document after a batch, with what dlt notes in it of the settings. */
final class SchemaAfter {
  private SchemaAfter() {}

  static Schema of(Schema before, NormalizerSettings settings, TableSlots tables) {
    for (TableSlot table : tables.all()) {
      if (table.isNew) {
        SystemColumns.order(table.columns());
      }
      noteContract(table);
    }
    List<Table> changed = tables.changed();
    Schema after = changed.isEmpty() ? before : before.with(changed);
    Map<String, Object> normalizers = normalizers(after, settings);
    if (!normalizers.equals(after.normalizers())) {
      after = after.withNormalizers(normalizers);
    }
    Map<String, Object> noted = settings(after, settings);
    return noted.equals(after.settings()) ? after : after.withSettings(noted);
  }

  /** dlt notes on a root table the contract under which it got events, dropped ones too. */
  private static void noteContract(TableSlot table) {
    if (table.exists && table.gotEvents && !table.contract.modes().isEmpty()) {
      Object stated = table.contract.stated();
      if (!stated.equals(table.properties().put("schema_contract", stated))) {
        table.changed = true;
      }
    }
  }

  private static Map<String, Object> settings(Schema schema, NormalizerSettings settings) {
    Map<String, Object> noted = new LinkedHashMap<>(schema.settings());
    if (!settings.preferredTypes().isEmpty()) {
      Map<String, Object> types = new LinkedHashMap<>();
      settings.preferredTypes().forEach((name, type) -> types.put(name, type.word()));
      noted.put("preferred_types", types);
    }
    SchemaContract contract = settings.contracts().everywhere();
    if (!contract.modes().isEmpty()) {
      noted.put("schema_contract", contract.stated());
    }
    return noted;
  }

  private static Map<String, Object> normalizers(Schema schema, NormalizerSettings settings) {
    Map<String, Object> normalizers = new LinkedHashMap<>(schema.normalizers());
    Map<String, Object> json = copy(normalizers.get("json"));
    Map<String, Object> config = copy(json.get("config"));
    if (settings.maxNesting().isPresent()) {
      config.put("max_nesting", settings.maxNesting().getAsInt());
    }
    if (settings.rootKey()) {
      config.put("root_key_propagation", true);
    }
    Map<String, Object> propagation = copy(config.get("propagation"));
    Map<String, Object> roots = copy(propagation.get("tables"));
    for (Table table : schema.tables().values()) {
      if (!table.isSystem() && (settings.rootKey() || hasRootKey(table))) {
        roots.put(root(table, schema), Map.of(SystemColumns.ID, SystemColumns.ROOT_ID));
      }
    }
    if (!roots.isEmpty()) {
      propagation.put("tables", roots);
      config.put("propagation", propagation);
    }
    if (!config.isEmpty()) {
      json.put("config", config);
    }
    normalizers.put("json", json);
    return normalizers;
  }

  /** One such table is enough for dlt to hand the root's id down in all of its tree (spec 2.6). */
  private static boolean hasRootKey(Table table) {
    return table.columns().values().stream()
        .anyMatch(column -> Boolean.TRUE.equals(column.hints().get("root_key")));
  }

  private static String root(Table table, Schema schema) {
    return table.parent() == null ? table.name() : root(schema.table(table.parent()), schema);
  }

  private static Map<String, Object> copy(Object map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (map instanceof Map<?, ?> entries) {
      entries.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }
}
