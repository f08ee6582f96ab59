package dev.millrace.function;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.PortsProvider;
import dev.millrace.loader.settings.Settings;
import dev.millrace.loader.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The loader that the settings file describes, opened by the first batch. Until that succeeds each
 * batch tries again, so that a repaired setting needs no restart.
 */
final class SettingsFileLoader implements BatchLoader {
  static final String PROPERTY = "millrace.settings";
  static final String VARIABLE = "MILLRACE_SETTINGS";

  /** The process has one: ports such as a database file can be open only once. */
  static final BatchLoader SHARED = new SettingsFileLoader(SettingsFileLoader::settingsFile);

  private final Supplier<Optional<String>> file;
  private Loader loader;

  SettingsFileLoader(Supplier<Optional<String>> file) {
    this.file = file;
  }

  @Override
  public LoadOutcome load(BatchRef batch, Duration budget) throws LoadException {
    return opened().load(batch, budget);
  }

  private synchronized Loader opened() throws LoadException {
    if (loader == null) {
      loader = open();
    }
    return loader;
  }

  private Loader open() throws LoadException {
    String name =
        file.get()
            .orElseThrow(
                () ->
                    new LoadException(
                        LoadError.MISCONFIGURED,
                        "No settings file is named: set the environment variable "
                            + VARIABLE
                            + " or the system property "
                            + PROPERTY
                            + " to the path of millrace.yaml."));
    Settings settings = SettingsReader.ofWholeFiles().read(Path.of(name));
    return new Loader(provider(settings).open(settings), settings, Clock.systemUTC());
  }

  private static PortsProvider provider(Settings settings) throws LoadException {
    TreeSet<String> kinds = new TreeSet<>();
    for (PortsProvider provider : ServiceLoader.load(PortsProvider.class)) {
      if (provider.kind().equals(settings.portsKind())) {
        return provider;
      }
      kinds.add(provider.kind());
    }
    throw new LoadException(
        LoadError.MISCONFIGURED,
        "ports.kind is " + settings.portsKind() + "; this build has " + kinds + ".");
  }

  private static Optional<String> settingsFile() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .or(() -> Optional.ofNullable(System.getenv(VARIABLE)));
  }
}
