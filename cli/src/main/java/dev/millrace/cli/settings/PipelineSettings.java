package dev.millrace.cli.settings;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.PortsProvider;
import dev.millrace.loader.schema.DatasetPlaces;
import dev.millrace.loader.settings.Settings;
import dev.millrace.loader.settings.SettingsReader;
import dev.millrace.normalizer.NormalizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The settings of an embedded pipeline: a person's {@code millrace.yaml}, with the ports of this
 * machine in the place of its own.
 */
public final class PipelineSettings {
  private static final String EMBEDDED = "embedded";

  /** Names the settings file of a function that runs in the same process. */
  private static final String FUNCTION_SETTINGS = "millrace.settings";

  private PipelineSettings() {}

  /**
   * For a command that loads files: there, a list at the top is read as its elements.
   *
   * @param file a millrace.yaml, or null
   * @param eventField the field of an event's name, or null for what the settings say
   */
  public static Settings forFiles(Path file, String eventField, PipelinePlace place) {
    return ofFiles(read(file, place), eventField);
  }

  /** The same for a command that stands on no ports. */
  public static Settings withoutPorts(Path file, String eventField) {
    Settings base = Settings.of(EMBEDDED, Map.of());
    return ofFiles(file == null ? base : read(file, base), eventField);
  }

  private static Settings ofFiles(Settings settings, String eventField) {
    NormalizerSettings normalizer = settings.normalizer().withArraysAreSequences(true);
    return settings.withNormalizer(
        eventField == null ? normalizer : normalizer.withEventNameField(eventField));
  }

  /**
   * For a pipeline that runs: the settings are written into its folder, where the function of this
   * process then finds them.
   *
   * @param file a millrace.yaml, or null
   */
  public static Settings forPipeline(Path file, PipelinePlace place) {
    Settings settings = read(file, place);
    Path written = place.folder().resolve("millrace.yaml");
    try {
      Files.writeString(written, yaml(file, settings));
    } catch (IOException e) {
      throw Failure.failed(written + " can't be written: " + e.getMessage(), e);
    }
    System.setProperty(FUNCTION_SETTINGS, written.toString());
    return settings;
  }

  /**
   * For a command that is about a pipeline: the ports are those of the place.
   *
   * @param address of a millrace.yaml, or null
   * @param reading makes the reader of it
   */
  static Settings at(String address, PipelinePlace place, UnaryOperator<SettingsReader> reading) {
    Settings base = Settings.of(EMBEDDED, place.ports());
    Settings settings =
        address == null
            ? base
            : readAt(reading.apply(SettingsReader.over(base)), address)
                .withPorts(EMBEDDED, place.ports());
    place.refuseIfNamedLike(settings.dataset());
    return settings;
  }

  /** The same where the file says which ports there are. */
  static Settings whole(String address, UnaryOperator<SettingsReader> reading) {
    return readAt(reading.apply(SettingsReader.ofWholeFiles()), address);
  }

  /** Whether a millrace.yaml says which ports there are. */
  static boolean namesPorts(Path file) {
    Settings base = Settings.of("", Map.of());
    SettingsReader reader = SettingsReader.over(base).withoutSecrets();
    return !readAt(reader, file.toString()).portsKind().isEmpty();
  }

  private static Settings readAt(SettingsReader reader, String address) {
    try {
      return reader.readAt(address);
    } catch (LoadException e) {
      throw Failure.usage(e.getMessage(), e);
    }
  }

  /**
   * Opens the ports that the settings name, to load: with the places that are the dataset's own,
   * where others were loaded from the same landing place.
   */
  public static Ports openToLoad(Settings settings) {
    return openToLoad(settings, settings.dataset());
  }

  /**
   * The same.
   *
   * @param first the dataset whose the places themselves are, unless they say otherwise
   */
  static Ports openToLoad(Settings settings, String first) {
    Ports ports = open(settings);
    try {
      return ports.withStore(DatasetPlaces.of(ports.store(), settings.dataset(), first));
    } catch (IOException e) {
      ports.close();
      throw Failure.failed("the schema object can't be read: " + e.getMessage(), e);
    }
  }

  /** Opens the ports that the settings name. */
  public static Ports open(Settings settings) {
    Set<String> kinds = new TreeSet<>();
    for (PortsProvider provider : ServiceLoader.load(PortsProvider.class)) {
      kinds.add(provider.kind());
      if (provider.kind().equals(settings.portsKind())) {
        try {
          return provider.open(settings);
        } catch (LoadException e) {
          throw Failure.usage(e.getMessage(), e);
        }
      }
    }
    throw Failure.usage(
        "ports.kind is %s; there are %s".formatted(settings.portsKind(), String.join(", ", kinds)));
  }

  private static Settings read(Path file, PipelinePlace place) {
    Settings base = Settings.of(EMBEDDED, place.ports());
    Settings settings = file == null ? base : read(file, base).withPorts(EMBEDDED, place.ports());
    place.refuseIfNamedLike(settings.dataset());
    return settings;
  }

  private static Settings read(Path file, Settings base) {
    return readAt(SettingsReader.over(base), file.toString());
  }

  private static String yaml(Path file, Settings settings) throws IOException {
    Map<Object, Object> content = new LinkedHashMap<>();
    if (file != null
        && new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file))
            instanceof Map<?, ?> own) {
      content.putAll(own);
    }
    Map<String, String> ports = new LinkedHashMap<>();
    ports.put("kind", settings.portsKind());
    ports.putAll(settings.portSettings());
    content.put("ports", ports);
    return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
        .dumpToString(content);
  }
}
