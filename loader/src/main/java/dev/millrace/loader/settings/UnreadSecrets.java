package dev.millrace.loader.settings;

import dev.millrace.loader.ports.SecretSource;
import java.security.SecureRandom;

/** In the place of a source that is not asked: bytes of chance, which nobody can take for a key. */
record UnreadSecrets(String kind) implements SecretSource {
  private static final int BYTES = 32;

  @Override
  public byte[] read(String reference) {
    byte[] chance = new byte[BYTES];
    new SecureRandom().nextBytes(chance);
    return chance;
  }
}
