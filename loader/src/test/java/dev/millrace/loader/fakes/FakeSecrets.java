package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SecretSource;
import java.nio.charset.StandardCharsets;

/**
 * A source of one secret under every name.
 *
 * @param secret null if it can't be read
 */
public record FakeSecrets(String kind, String secret) implements SecretSource {
  @Override
  public byte[] read(String reference) throws LoadException {
    if (secret == null) {
      throw new LoadException(LoadError.MISCONFIGURED, "no access to " + reference);
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
