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
 * @param portsKind which {@link dev.millrace.loader.ports.PortsProvider} opens the ports
 * @param portSettings the other settings under {@code ports}, such as {@code folder}
 */
public record Settings(
    String schemaName,
    String dataset,
    NormalizerSettings normalizer,
    String portsKind,
    Map<String, String> portSettings) {
  public Settings {
    Objects.requireNonNull(schemaName, "schemaName");
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(normalizer, "normalizer");
    Objects.requireNonNull(portsKind, "portsKind");
    portSettings = Collections.unmodifiableMap(new LinkedHashMap<>(portSettings));
  }

  /** The dataset of the {@code _unique} views. */
  public String uniqueDataset() {
    return dataset + "_unique";
  }
}
