package dev.millrace.loader.settings;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code millrace.yaml}. All that is wrong with it is told at once, one line each: {@code
 * file:line: what was found; what is expected}.
 */
public final class SettingsReader {
  private final Settings base;
  private final SecretSources secrets;
  private final SettingsSources sources;

  private SettingsReader(Settings base, SecretSources secrets, SettingsSources sources) {
    this.base = base;
    this.secrets = secrets;
    this.sources = sources;
  }

  /** A reader of files that say which ports there are. */
  public static SettingsReader ofWholeFiles() {
    return new SettingsReader(null, SecretSources.FOUND, SettingsSources.FOUND);
  }

  /** A reader that takes from {@code base} what a file does not say. */
  public static SettingsReader over(Settings base) {
    return new SettingsReader(
        Objects.requireNonNull(base, "base"), SecretSources.FOUND, SettingsSources.FOUND);
  }

  /**
   * This reader for those who only look: it reads no secrets, for they need no right to them. Rules
   * that hash values have a key of chance then, so nothing must be loaded with these settings.
   */
  public SettingsReader withoutSecrets() {
    return withSecrets(SecretSources.UNREAD);
  }

  /** This reader with secrets from elsewhere. */
  SettingsReader withSecrets(SecretSources other) {
    return new SettingsReader(base, other, sources);
  }

  /** This reader with other places for settings. */
  SettingsReader withSources(SettingsSources other) {
    return new SettingsReader(base, secrets, other);
  }

  /**
   * Reads the settings at an address: a file's path, or one with a scheme, such as {@code
   * gs://bucket/millrace.yaml}, which a {@link dev.millrace.loader.ports.SettingsSource} reads.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if they are not there or not right
   */
  public Settings readAt(String address) throws LoadException {
    Optional<byte[]> content = sources.read(address);
    return content.isPresent() ? read(address, content.get()) : read(Path.of(address));
  }

  /**
   * Reads a file.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if it is not there or not right
   */
  public Settings read(Path file) throws LoadException {
    return read(file.toString(), bytes(file));
  }

  private static byte[] bytes(Path file) throws LoadException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new LoadException(
          LoadError.MISCONFIGURED, file + ": there is no such file; settings are expected in it");
    } catch (IOException e) {
      throw new LoadException(LoadError.MISCONFIGURED, file + " can't be read: " + e, e);
    }
  }

  /**
   * Reads a file's content.
   *
   * @param name what problems call the file
   */
  public Settings read(String name, byte[] content) throws LoadException {
    Problems problems = new Problems(name);
    Node root = YamlFile.read(content, problems);
    Section file = new Section("", root, problems).allow(SettingKeys.in(SettingKeys.FILE));
    Settings defaults = base == null ? Settings.of("", Map.of()) : base;
    String schemaName = file.text(NameKeys.SCHEMA_NAME).orElse(defaults.schemaName());
    String dataset = file.text(NameKeys.DATASET).orElse(defaults.dataset());
    NormalizerSection normalizer = new NormalizerSection(file, defaults.normalizer(), secrets);
    Section ports = file.section("ports");
    if (!ports.has("kind") && (base == null || !ports.keys().isEmpty())) {
      ports.missing("kind", "the kind of the ports, such as embedded,");
    }
    Settings settings =
        new Settings(
            schemaName,
            dataset,
            normalizer.read(schemaName),
            periods(file, defaults.periods()),
            ports.text("kind").orElse(defaults.portsKind()),
            ports.keys().isEmpty() ? defaults.portSettings() : others(ports));
    new CollectorSection(file).read();
    problems.throwIfAny();
    return settings;
  }

  /**
   * Reads what a file says of the collector. The rest of it is the loader's to check, and may name
   * secrets that the collector must not see.
   *
   * @param address as for {@link #readAt}
   * @throws LoadException {@link LoadError#MISCONFIGURED} if it is not there or not right
   */
  public static CollectorSettings readCollectorAt(String address) throws LoadException {
    Optional<byte[]> content = SettingsSources.FOUND.read(address);
    return readCollector(address, content.isPresent() ? content.get() : bytes(Path.of(address)));
  }

  /**
   * The same of a file's content.
   *
   * @param name what problems call the file
   */
  public static CollectorSettings readCollector(String name, byte[] content) throws LoadException {
    Problems problems = new Problems(name);
    Section file = new Section("", YamlFile.read(content, problems), problems);
    CollectorSettings settings = new CollectorSection(file).read();
    problems.throwIfAny();
    return settings;
  }

  private static Periods periods(Section file, Periods defaults) {
    Section reconcile =
        file.section(SettingKeys.RECONCILE).allow(SettingKeys.in(SettingKeys.RECONCILE));
    Section deduplication =
        file.section(SettingKeys.DEDUPLICATION).allow(SettingKeys.in(SettingKeys.DEDUPLICATION));
    return new Periods(
        reconcile.duration(TimeKeys.LANDING_RETENTION).orElse(defaults.landingRetention()),
        file.duration(TimeKeys.PARTITION_EXPIRY).orElse(defaults.partitionExpiry()),
        deduplication.duration(TimeKeys.ACROSS_BATCHES).orElse(defaults.deduplication()));
  }

  private static Map<String, String> others(Section ports) {
    Map<String, String> others = new LinkedHashMap<>();
    for (String key : ports.keys()) {
      if (!key.equals("kind")) {
        ports.text(key).ifPresent(value -> others.put(key, value));
      }
    }
    return others;
  }
}
