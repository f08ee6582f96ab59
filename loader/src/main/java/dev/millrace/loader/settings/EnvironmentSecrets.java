package dev.millrace.loader.settings;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Secrets in variables of the environment, as the UTF-8 bytes of their text.
 *
 * @param variables a variable's value by its name, or null
 */
record EnvironmentSecrets(UnaryOperator<String> variables) implements SecretSource {
  static final String KIND = "env";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public byte[] read(String reference) throws LoadException {
    String value = variables.apply(reference);
    if (value == null || value.isEmpty()) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the environment has no variable " + reference + ", or it is empty; set it to the key");
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
