package dev.millrace.loader.settings;

import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads settings that documentation shows, whose secrets are nowhere. */
public final class SettingsOfAPage {
  private SettingsOfAPage() {}

  /**
   * Reads a {@code millrace.yaml} as the commands do, and as the collector does.
   *
   * @throws LoadException if it is not right
   */
  public static void check(String name, String yaml) throws LoadException {
    byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
    SettingsReader.over(Settings.of("none", Map.of()))
        .withSecrets(kind -> Optional.of(new AnySecret(kind)))
        .read(name, content);
    SettingsReader.readCollector(name, content);
  }

  private record AnySecret(String kind) implements SecretSource {
    @Override
    public byte[] read(String reference) {
      return "a key of enough bytes".getBytes(StandardCharsets.UTF_8);
    }
  }
}
