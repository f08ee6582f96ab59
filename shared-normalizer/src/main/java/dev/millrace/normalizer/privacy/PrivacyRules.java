package dev.millrace.normalizer.privacy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The privacy rules of a dataset, and the key of its hashes. Immutable and thread-safe; prints no
 * key.
 */
public final class PrivacyRules {
  /** No rule. */
  public static final PrivacyRules NONE = new PrivacyRules(List.of(), new byte[0]);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_KEY_BYTES = 16;

  private final List<PrivacyRule> rules;
  private final SecretKeySpec key;

  /**
   * @param key of the hashes, at least 16 bytes; may be empty where no rule hashes
   * @throws IllegalArgumentException if a rule hashes and the key is shorter
   */
  public PrivacyRules(List<PrivacyRule> rules, byte[] key) {
    this.rules = List.copyOf(rules);
    boolean hashes = rules.stream().anyMatch(rule -> rule.action() == PrivacyAction.HASH);
    if (hashes && key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "privacy rules that hash need a key of %d bytes or more; this one has %d"
              .formatted(MIN_KEY_BYTES, key.length));
    }
    this.key = hashes ? new SecretKeySpec(key, ALGORITHM) : null;
  }

  public List<PrivacyRule> rules() {
    return rules;
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** The place of events themselves; where there is no rule, {@link PrivatePlace#PUBLIC}. */
  public PrivatePlace root() {
    List<PrivatePlace.Rest> rests = new ArrayList<>();
    for (PrivacyRule rule : rules) {
      rests.add(new PrivatePlace.Rest(rule.segments(), 0, rule.action()));
    }
    return PrivatePlace.of(rests, null);
  }

  /** HMAC-SHA-256 of a value's text under the key, in 64 hex digits. */
  public String hash(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("this Java can't compute " + ALGORITHM, e);
    }
  }

  /** What a value becomes whose place says to hash or mask it. */
  public String replaced(PrivacyAction action, String text) {
    return action == PrivacyAction.HASH ? hash(text) : "***";
  }

  @Override
  public String toString() {
    return "PrivacyRules" + rules;
  }
}
