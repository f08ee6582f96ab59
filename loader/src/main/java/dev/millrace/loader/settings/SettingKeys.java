package dev.millrace.loader.settings;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every setting there is. A key under another follows it after a dot; {@code <…>} stands for a name
 * that the file chooses. The page of settings is made of their chapters.
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

  /** All settings, in the order of the page. */
  static final List<Chapter> CHAPTERS =
      List.of(
          NameKeys.CHAPTER,
          ShapeKeys.CHAPTER,
          ContractKeys.CHAPTER,
          PrivacyKeys.CHAPTER,
          GuardKeys.CHAPTER,
          TimeKeys.CHAPTER,
          CollectorKeys.CHAPTER,
          PortKeys.CHAPTER);

  static final List<String> ALL =
      CHAPTERS.stream().flatMap(it -> it.settings().stream()).<String>map(Setting::key).toList();

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
