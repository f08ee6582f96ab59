package dev.millrace.loader.settings;

import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SecretSource;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRule;
import dev.millrace.normalizer.privacy.PrivacyRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the file says of values that must not be seen. No message holds a key. */
final class PrivacySection {
  private static final byte[] NO_KEY = new byte[0];
  private static final String KEY = "hash_key";
  private static final Map<String, String> REFERENCES =
      Map.of(
          EnvironmentSecrets.KIND,
          PrivacyKeys.VARIABLE.pattern(),
          "secret",
          PrivacyKeys.SECRET.pattern());
  private static final String EXPECTED =
      PrivacyKeys.VARIABLE.expected() + " or " + PrivacyKeys.SECRET.expected();

  private final Section privacy;
  private final SecretSources secrets;

  PrivacySection(Section privacy, SecretSources secrets) {
    this.privacy = privacy.allow(SettingKeys.in(SettingKeys.PRIVACY));
    this.secrets = secrets;
  }

  PrivacyRules read() {
    List<PrivacyRule> rules = new ArrayList<>();
    for (Section rule : privacy.list("rules")) {
      rule(rule.allow(SettingKeys.in(SettingKeys.RULE))).ifPresent(rules::add);
    }
    boolean hashes = rules.stream().anyMatch(rule -> rule.action() == PrivacyAction.HASH);
    Optional<byte[]> key = key(hashes);
    if (hashes && key.isEmpty()) {
      return PrivacyRules.NONE;
    }
    try {
      return new PrivacyRules(rules, key.orElse(NO_KEY));
    } catch (IllegalArgumentException e) {
      privacy.problem(KEY, e.getMessage());
      return PrivacyRules.NONE;
    }
  }

  private static Optional<PrivacyRule> rule(Section rule) {
    Optional<String> path = rule.required("path", "keys joined by dots, such as context.ip,");
    Optional<String> word = rule.required("action", PrivacyKeys.ACTIONS.expected());
    PrivacyAction action = null;
    if (word.isPresent()) {
      try {
        action = PrivacyAction.of(word.get());
      } catch (IllegalArgumentException e) {
        rule.wrong("action", word.get(), PrivacyKeys.ACTIONS.expected());
      }
    }
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      // The path is looked at even where the action is wrong: all problems are told at once.
      PrivacyRule made = new PrivacyRule(path.get(), action == null ? PrivacyAction.DROP : action);
      return action == null ? Optional.empty() : Optional.of(made);
    } catch (IllegalArgumentException e) {
      rule.problem("path", e.getMessage());
      return Optional.empty();
    }
  }

  /** The key, if one is named and needed. */
  private Optional<byte[]> key(boolean needed) {
    if (!privacy.has(KEY)) {
      if (needed) {
        privacy.missing(KEY, EXPECTED);
      }
      return Optional.empty();
    }
    if (privacy.isScalar(KEY)) {
      privacy.problem(
          KEY,
          privacy.pathOf(KEY)
              + " says no place; a key never stands in this file: "
              + EXPECTED
              + " is expected");
      return Optional.empty();
    }
    Section place = privacy.section(KEY).allow(SettingKeys.in(SettingKeys.HASH_KEY));
    List<String> kinds = place.keys().stream().filter(REFERENCES::containsKey).toList();
    if (kinds.size() != 1) {
      privacy.problem(
          KEY, "%s names %d places; %s is expected".formatted(place, kinds.size(), EXPECTED));
      return Optional.empty();
    }
    return key(place, kinds.get(0), needed);
  }

  private Optional<byte[]> key(Section place, String kind, boolean needed) {
    Optional<String> reference = place.text(kind);
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    if (!reference.get().matches(REFERENCES.get(kind))) {
      place.problem(kind, place.pathOf(kind) + " is no such name; " + EXPECTED + " is expected");
      return Optional.empty();
    }
    Optional<SecretSource> source = secrets.of(kind);
    if (source.isEmpty()) {
      place.problem(
          kind,
          place.pathOf(kind)
              + ": nothing here can read Secret Manager; env: NAME works everywhere");
      return Optional.empty();
    }
    if (!needed) {
      return Optional.empty();
    }
    try {
      return Optional.of(withoutLineBreak(source.get().read(reference.get())));
    } catch (LoadException e) {
      place.problem(kind, place.pathOf(kind) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Tools that write a secret often end it with a line break, which nobody means. */
  private static byte[] withoutLineBreak(byte[] secret) {
    int end = secret.length;
    while (end > 0 && (secret[end - 1] == '\n' || secret[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOf(secret, end);
  }
}
