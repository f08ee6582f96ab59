package dev.millrace.loader.settings;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SettingsSource;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where an address leads. */
@FunctionalInterface
interface SettingsSources {
  /** Those that this program has. */
  SettingsSources FOUND =
      scheme ->
          ServiceLoader.load(SettingsSource.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(source -> source.scheme().equals(scheme))
              .findFirst();

  /** What has a scheme; a single letter is a drive of Windows. */
  Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9]+)://.+");

  /** The source of a scheme, if there is one. */
  Optional<SettingsSource> of(String scheme);

  /** The content at an address, or empty if it is a file's path. */
  default Optional<byte[]> read(String address) throws LoadException {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String scheme = matcher.group(1);
    SettingsSource source =
        of(scheme)
            .orElseThrow(
                () ->
                    new LoadException(
                        LoadError.MISCONFIGURED,
                        "this program can't read settings from %s:// addresses: %s"
                            .formatted(scheme, address)));
    return Optional.of(source.read(address));
  }
}
