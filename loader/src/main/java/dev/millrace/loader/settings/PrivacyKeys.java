package dev.millrace.loader.settings;

import dev.millrace.normalizer.privacy.PrivacyAction;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of values that must not be seen. */
final class PrivacyKeys {
  static final Takes.OneOf ACTIONS =
      new Takes.OneOf(Stream.of(PrivacyAction.values()).map(PrivacyAction::word).toList());

  static final Takes.Text VARIABLE =
      new Takes.Text(
          "Name of a variable of the environment",
          "[A-Za-z_][A-Za-z0-9_]*",
          "env: NAME, a variable of the environment,");

  static final Takes.Text SECRET =
      new Takes.Text(
          "`projects/<project>/secrets/<secret>/versions/<version>`, in the place of `env`",
          "projects/[^/\\s]+/secrets/[^/\\s]+/versions/[^/\\s]+",
          "secret: projects/<project>/secrets/<secret>/versions/<version>,");

  static final Chapter CHAPTER =
      new Chapter(
          "Privacy",
          """
          Rules act before anything leaves the landing bucket: on rows, on JSON columns and on what
          is kept of bad events. With any rule set, only length, SHA-256 and position are kept of an
          event that could not be parsed, for nobody can know what is in it. Where several rules
          meet, the strictest holds: `drop`, then `hash`, then `mask`.
          """,
          List.of(
              new Setting<>(
                  "privacy.rules.path",
                  new Takes.Text(
                      "Raw keys joined by dots, as the event has them",
                      ".+",
                      "keys joined by dots, such as context.ip,"),
                  "required",
                  """
                  `*` is one key or one element of a list, `**` any number of them, none included. A
                  rule on an object or a list acts on all that is in it.""",
                  """
                  privacy:
                    rules:
                      - {path: "context.**.ip", action: drop}
                  """),
              new Setting<>(
                  "privacy.rules.action",
                  ACTIONS,
                  "required",
                  """
                  `drop` takes the value away. `hash` puts its HMAC-SHA-256 under the key in its
                  place, as 64 hex digits: equal values stay equal, and can be joined. `mask` puts
                  `***` there.""",
                  """
                  privacy:
                    rules:
                      - {path: context.ip, action: mask}
                  """),
              new Setting<>(
                  "privacy.hash_key.env",
                  VARIABLE,
                  "required where a rule hashes, unless `secret` is set",
                  """
                  The key is the variable's text in UTF-8, at least 16 bytes; a line break at its end
                  does not count. A key never stands in this file, is never logged, and never
                  printed. Whoever changes it gets other hashes.""",
                  """
                  privacy:
                    hash_key: {env: MILLRACE_HASH_KEY}
                    rules:
                      - {path: "**.email", action: hash}
                  """),
              new Setting<>(
                  "privacy.hash_key.secret",
                  SECRET,
                  "",
                  """
                  A version of a secret in Secret Manager; the key is its bytes, as above. The
                  function and the commands read it once, when they start, with the credentials that
                  Google's libraries find (`gcloud auth application-default login` on a laptop);
                  these need the role `roles/secretmanager.secretAccessor` on the secret. Name a
                  version by its number: where `latest` becomes another, equal values get other
                  hashes.""",
                  """
                  privacy:
                    hash_key: {secret: projects/shop/secrets/millrace-hash-key/versions/1}
                    rules:
                      - {path: "**.email", action: hash}
                  """)));

  private PrivacyKeys() {}
}
