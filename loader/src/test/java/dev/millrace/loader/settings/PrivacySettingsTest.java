package dev.millrace.loader.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.fakes.FakeSecrets;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRule;
import dev.millrace.normalizer.privacy.PrivacyRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrivacySettingsTest {
  private static final String KEY = "0123456789abcdef";
  private static final String HASH = "privacy:\n  rules: [{path: a.email, action: hash}]\n";
  private static final String SECRET = "projects/p/secrets/s/versions/1";

  private static final SecretSources NO_SECRETS = kind -> Optional.empty();

  /** One secret under every name; null for one that can't be read. */
  private static SecretSources secrets(String secret) {
    return kind -> Optional.of(new FakeSecrets(kind, secret));
  }

  private static Settings read(String yaml, SecretSources secrets) throws LoadException {
    return SettingsReader.over(Settings.of("none", Map.of()))
        .withSecrets(secrets)
        .read("millrace.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static PrivacyRules rules(String yaml, SecretSources secrets) throws LoadException {
    return read(yaml, secrets).normalizer().privacy();
  }

  private static String problems(String yaml) {
    return problems(yaml, secrets(KEY));
  }

  private static String problems(String yaml, SecretSources secrets) {
    try {
      return "none: " + read(yaml, secrets);
    } catch (LoadException e) {
      return e.getMessage();
    }
  }

  @Test
  void read_rules_areTakenInOrder() throws LoadException {
    String yaml =
        """
        privacy:
          rules:
            - {path: context.ip, action: mask}
            - path: "**.card"
              action: drop
        """;

    assertThat(rules(yaml, NO_SECRETS).rules())
        .containsExactly(
            new PrivacyRule("context.ip", PrivacyAction.MASK),
            new PrivacyRule("**.card", PrivacyAction.DROP));
  }

  @Test
  void read_keyFromEnvironment_isWhatHashesAreMadeWith() throws LoadException {
    String expected =
        new PrivacyRules(
                List.of(new PrivacyRule("x", PrivacyAction.HASH)),
                KEY.getBytes(StandardCharsets.UTF_8))
            .hash("me@example.com");

    assertThat(rules(HASH + "  hash_key: {env: K}\n", secrets(KEY)).hash("me@example.com"))
        .isEqualTo(expected);
    assertThat(rules(HASH + "  hash_key: {env: K}\n", secrets(KEY + "\r\n")).hash("me@example.com"))
        .as("a line break at the end does not count")
        .isEqualTo(expected);
    assertThat(
            rules(HASH + "  hash_key: {secret: " + SECRET + "}\n", secrets(KEY))
                .hash("me@example.com"))
        .isEqualTo(expected);
  }

  @Test
  void read_key_isNeverPrinted() throws LoadException {
    Settings settings = read(HASH + "  hash_key: {env: K}\n", secrets(KEY));

    assertThat(settings.toString()).contains("a.email").doesNotContain(KEY);
  }

  @Test
  void read_hashWithoutKey_saysWhatIsExpected() {
    assertThat(problems(HASH))
        .isEqualTo(
            "millrace.yaml:2: privacy.hash_key is missing; env: NAME, a variable of the"
                + " environment, or secret: projects/<project>/secrets/<secret>/versions/<version>,"
                + " is expected");
  }

  @Test
  void read_keyInTheFile_isRefusedAndNotRepeated() {
    assertThat(problems(HASH + "  hash_key: " + KEY + "\n"))
        .startsWith("millrace.yaml:3: privacy.hash_key says no place; a key never stands in")
        .doesNotContain(KEY);
    assertThat(problems(HASH + "  hash_key: {env: '" + KEY + "'}\n"))
        .startsWith("millrace.yaml:3: privacy.hash_key.env is no such name")
        .doesNotContain(KEY);
    assertThat(problems(HASH + "  hash_key: [" + KEY + "]\n")).doesNotContain(KEY);
  }

  @Test
  void read_shortKey_isRefused() {
    assertThat(problems(HASH + "  hash_key: {env: K}\n", secrets("short")))
        .isEqualTo(
            "millrace.yaml:3: privacy rules that hash need a key of 16 bytes or more; this one has"
                + " 5");
  }

  @Test
  void read_twoPlaces_areRefused() {
    assertThat(problems(HASH + "  hash_key: {env: K, secret: " + SECRET + "}\n"))
        .contains("privacy.hash_key names 2 places");
  }

  @Test
  void read_secretWithoutSource_isRefused() {
    assertThat(problems(HASH + "  hash_key: {secret: " + SECRET + "}\n", NO_SECRETS))
        .isEqualTo(
            "millrace.yaml:3: privacy.hash_key.secret: nothing here can read Secret Manager;"
                + " env: NAME works everywhere");
  }

  @Test
  void read_secretOfAnotherForm_isRefused() {
    assertThat(problems(HASH + "  hash_key: {secret: my-key}\n"))
        .contains("millrace.yaml:3: privacy.hash_key.secret is no such name");
  }

  @Test
  void read_sourceThatFails_isToldWithTheLine() {
    assertThat(problems(HASH + "  hash_key: {env: K}\n", secrets(null)))
        .isEqualTo("millrace.yaml:3: privacy.hash_key.env: no access to K");
  }

  @Test
  void read_keyThatNoRuleNeeds_isNotAskedFor() throws LoadException {
    String yaml = "privacy:\n  hash_key: {env: K}\n  rules: [{path: a, action: drop}]\n";

    assertThat(rules(yaml, secrets(null)).rules()).hasSize(1);
  }

  @Test
  void read_severalBadRules_areToldAtOnce() {
    assertThat(
            problems(
                """
                privacy:
                  rules:
                    - {path: a..b, action: mask}
                    - {path: "**", action: burn}
                    - {action: drop}
                    - {path: c, action: drop, why: law}
                    - just a text
                """))
        .contains(
            "millrace.yaml:3: not a privacy path: 'a..b'",
            "millrace.yaml:4: privacy.rules.action is burn; drop, hash or mask is expected",
            "the privacy path ** is every value there is",
            "millrace.yaml:5: privacy.rules.path is missing",
            "millrace.yaml:6: there is no setting privacy.rules.why",
            "millrace.yaml:7: privacy.rules is just a text; keys with values are expected");
  }

  @Test
  void read_rulesThatAreNoList_areRefused() {
    assertThat(problems("privacy: {rules: {path: a}}"))
        .isEqualTo("millrace.yaml:1: privacy.rules is a mapping; a list is expected");
  }

  @Test
  void environment_withoutTheVariable_saysSo() {
    EnvironmentSecrets environment = new EnvironmentSecrets(name -> null);

    assertThatThrownBy(() -> environment.read("MILLRACE_HASH_KEY"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("no variable MILLRACE_HASH_KEY");
  }

  @Test
  void found_environmentIsThere_andOthersAreNot() {
    assertThat(SecretSources.FOUND.of("env")).isPresent();
    assertThat(SecretSources.FOUND.of("secret")).isEqualTo(Optional.empty());
  }
}
