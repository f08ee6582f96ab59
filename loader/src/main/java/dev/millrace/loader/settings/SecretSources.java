package dev.millrace.loader.settings;

import dev.millrace.loader.ports.SecretSource;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the source of a kind of secrets. */
@FunctionalInterface
interface SecretSources {
  /** The environment, and what {@link ServiceLoader} finds. */
  SecretSources FOUND = SecretSources::find;

  /** None is read: each is another one at each time. */
  SecretSources UNREAD = kind -> Optional.of(new UnreadSecrets(kind));

  Optional<SecretSource> of(String kind);

  private static Optional<SecretSource> find(String kind) {
    if (kind.equals(EnvironmentSecrets.KIND)) {
      return Optional.of(new EnvironmentSecrets(System::getenv));
    }
    for (SecretSource source : ServiceLoader.load(SecretSource.class)) {
      if (source.kind().equals(kind)) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }
}
