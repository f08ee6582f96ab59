package dev.millrace.loader.ports;

/**
 * Where keys are kept, for they don't stand in a settings file. The environment's comes with the
 * loader; others are found by {@link java.util.ServiceLoader}. Thread-safe.
 */
public interface SecretSource {
  /**
   * The word by which settings choose this source: {@code env} for a variable of the environment,
   * {@code secret} for a version of a secret in Secret Manager.
   */
  String kind();

  /**
   * Reads a secret.
   *
   * @param reference its name, in the form that the kind has: {@code NAME}, or {@code
   *     projects/<project>/secrets/<secret>/versions/<version>}
   * @return its bytes as they are kept
   * @throws LoadException if it is not there or can't be read; the message names the reference and
   *     never the secret
   */
  byte[] read(String reference) throws LoadException;
}
