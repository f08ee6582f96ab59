package dev.millrace.loader.settings;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every setting there is. A key under another follows it after a dot; {@code <…>} stands for a name
 * that the file chooses. The page of settings has one entry for each.
 */
final class SettingKeys {
  static final String FILE = "";
  static final String CONTRACT = "schema_contract";
  static final String HINT = "columns.<table>.<column>";
  static final String GUARDS = "guards";
  static final String DEDUPLICATION = "deduplication";
  static final String RECONCILE = "reconcile";
  static final String PRIVACY = "privacy";
  static final String RULE = "privacy.rules";
  static final String HASH_KEY = "privacy.hash_key";
  static final String COLLECTOR = "collector";
  static final String SOURCE = "collector.sources.<source>";

  static final List<String> ALL =
      List.of(
          "event_name_field",
          "naming",
          "schema_name",
          "dataset",
          "max_nesting",
          "root_key",
          "trust_system_keys",
          "schema_contract",
          "schema_contract.tables",
          "schema_contract.columns",
          "schema_contract.data_type",
          "table_contracts.<table>",
          "columns.<table>.<column>.data_type",
          "columns.<table>.<column>.nullable",
          "columns.<table>.<column>.description",
          "columns.<table>.<column>.tags",
          "columns.<table>.<column>.precision",
          "columns.<table>.<column>.scale",
          "preferred_types.<column>",
          "privacy.rules.path",
          "privacy.rules.action",
          "privacy.hash_key.env",
          "privacy.hash_key.secret",
          "guards.nesting_levels",
          "guards.columns_per_table",
          "guards.tables",
          "guards.event_bytes",
          "deduplication.across_batches",
          "partition_expiry",
          "reconcile.landing_retention",
          "collector.sources.<source>.origins",
          "collector.sources.<source>.event_bytes",
          "collector.sources.<source>.batch_bytes",
          "collector.sources.<source>.client_ip",
          "collector.sources.<source>.strict",
          "ports.kind",
          "ports.<setting>");

  private SettingKeys() {}

  /** The keys that may stand directly in a section. */
  static Set<String> in(String section) {
    String prefix = section.isEmpty() ? "" : section + ".";
    return ALL.stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).split("\\.")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
