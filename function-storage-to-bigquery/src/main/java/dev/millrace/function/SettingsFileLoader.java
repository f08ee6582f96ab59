package dev.millrace.function;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.PortsProvider;
import dev.millrace.loader.reconcile.Reconcile;
import dev.millrace.loader.reconcile.ReconcileReport;
import dev.millrace.loader.schema.DatasetPlaces;
import dev.millrace.loader.settings.Settings;
import dev.millrace.loader.settings.SettingsReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The loader that the settings file describes, opened by the first request. Until that succeeds
 * each request tries again, so that a repaired setting needs no restart.
 */
final class SettingsFileLoader implements BatchLoader, Reconciler {
  static final String PROPERTY = "millrace.settings";
  static final String VARIABLE = "MILLRACE_SETTINGS";

  /** The process has one: ports such as a database file can be open only once. */
  static final SettingsFileLoader SHARED = new SettingsFileLoader(SettingsFileLoader::settingsFile);

  private final Supplier<Optional<String>> file;
  private Opened opened;

  SettingsFileLoader(Supplier<Optional<String>> file) {
    this.file = file;
  }

  @Override
  public LoadOutcome load(BatchRef batch, Duration budget) throws LoadException {
    return opened().loader.load(batch, budget);
  }

  @Override
  public ReconcileReport reconcile() throws IOException {
    return opened().reconcile.run();
  }

  /** What stands on the ports. */
  private record Opened(Loader loader, Reconcile reconcile) {}

  private synchronized Opened opened() throws LoadException {
    if (opened == null) {
      opened = open();
    }
    return opened;
  }

  private Opened open() throws LoadException {
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
                            + " to the path of millrace.yaml, or to an address such as"
                            + " gs://bucket/millrace.yaml."));
    Settings settings = SettingsReader.ofWholeFiles().readAt(name);
    Ports ports = ownPlaces(provider(settings).open(settings), settings);
    Clock clock = Clock.systemUTC();
    return new Opened(
        new Loader(ports, settings, clock),
        new Reconcile(ports, settings.periods().landingRetention(), clock));
  }

  /** With the places that are the dataset's own, where others were loaded from the same bucket. */
  private static Ports ownPlaces(Ports ports, Settings settings) throws LoadException {
    try {
      return ports.withStore(DatasetPlaces.of(ports.store(), settings.dataset()));
    } catch (LoadException e) {
      ports.close();
      throw e;
    } catch (IOException e) {
      ports.close();
      throw new LoadException(LoadError.UNAVAILABLE, "the state can't be read: " + e, e);
    }
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
