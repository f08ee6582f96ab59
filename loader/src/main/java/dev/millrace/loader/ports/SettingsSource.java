package dev.millrace.loader.ports;

/**
 * Where settings files are kept that are no files of this machine. Found by {@link
 * java.util.ServiceLoader}. Thread-safe.
 */
public interface SettingsSource {
  /** What stands before {@code ://} in the addresses that it takes, such as {@code gs}. */
  String scheme();

  /**
   * Reads a settings file.
   *
   * @param address such as {@code gs://bucket/millrace.yaml}
   * @return its content as it is now, whole
   * @throws LoadException if it is not there or can't be read; the message names the address and
   *     says what to do
   */
  byte[] read(String address) throws LoadException;
}
