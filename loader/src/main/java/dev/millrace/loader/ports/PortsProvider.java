package dev.millrace.loader.ports;

import dev.millrace.loader.settings.Settings;

/**
 * Opens one kind of ports. Found by {@link java.util.ServiceLoader}, chosen by {@code ports.kind}
 * of the settings.
 */
public interface PortsProvider {
  /** The kind's name in the settings, such as {@code embedded}. */
  String kind();

  /**
   * Opens the ports.
   *
   * @throws LoadException with {@link LoadError#MISCONFIGURED} if the settings can't be used; the
   *     message names the setting and says what to do
   */
  Ports open(Settings settings) throws LoadException;
}
