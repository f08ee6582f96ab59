package dev.millrace.loader.settings;

import dev.millrace.normalizer.NormalizerSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code millrace.yaml} says, checked, with defaults filled in.
 *
 * @param schemaName dlt's schema name, the pipeline's name and the tables' {@code resource}; {@code
 *     millrace} unless set
 * @param dataset the dataset, or DuckDB schema, of the tables; {@code telemetry} unless set
 * @param normalizer how events become rows
 * @param periods for how long things are kept, or looked for
 * @param portsKind which {@link dev.millrace.loader.ports.PortsProvider} opens the ports
 * @param portSettings the other settings under {@code ports}, such as {@code folder}
 */
public record Settings(
    String schemaName,
    String dataset,
    NormalizerSettings normalizer,
    Periods periods,
    String portsKind,
    Map<String, String> portSettings) {
  public Settings {
    Objects.requireNonNull(schemaName, "schemaName");
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(normalizer, "normalizer");
    Objects.requireNonNull(periods, "periods");
    Objects.requireNonNull(portsKind, "portsKind");
    portSettings = Collections.unmodifiableMap(new LinkedHashMap<>(portSettings));
  }

  /** What holds where nothing is set, on these ports. */
  public static Settings of(String portsKind, Map<String, String> portSettings) {
    NormalizerSettings normalizer = NormalizerSettings.DEFAULT;
    return new Settings(
        normalizer.resource(), "telemetry", normalizer, Periods.DEFAULT, portsKind, portSettings);
  }

  /** These settings on other ports. */
  public Settings withPorts(String kind, Map<String, String> settings) {
    return new Settings(schemaName, dataset, normalizer, periods, kind, settings);
  }

  /** These settings with the tables elsewhere. */
  public Settings withDataset(String name) {
    return new Settings(schemaName, name, normalizer, periods, portsKind, portSettings);
  }

  /** These settings with events made rows otherwise. */
  public Settings withNormalizer(NormalizerSettings changed) {
    return new Settings(schemaName, dataset, changed, periods, portsKind, portSettings);
  }

  /** These settings with things kept for other times. */
  public Settings withPeriods(Periods changed) {
    return new Settings(schemaName, dataset, normalizer, changed, portsKind, portSettings);
  }

  /** The dataset of the {@code _unique} views. */
  public String uniqueDataset() {
    return dataset + "_unique";
  }
}
