package dev.millrace.cli.settings;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.util.Objects;

/**
 * A pipeline that a command looks at.
 *
 * @param settings what it loads with
 * @param ports where its batches and tables are
 * @param label what a person calls its tables: {@code project.dataset}, or a file and its schema
 */
public record OpenPipeline(Settings settings, Ports ports, String label) implements AutoCloseable {
  public OpenPipeline {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(label, "label");
  }

  /** Opens the ports of the settings; nothing is asked and nothing is made yet. */
  static OpenPipeline of(Settings settings) {
    Ports ports = PipelineSettings.open(settings);
    return new OpenPipeline(settings, ports, ports.warehouse().dataset().label());
  }

  /** Opens it anew, to load into its dataset. This one is closed. */
  public OpenPipeline toLoad() {
    return into(settings.dataset());
  }

  /** The same to load into another dataset from the same landing place. */
  public OpenPipeline into(String dataset) {
    close();
    Settings other = settings.withDataset(dataset);
    Ports opened = PipelineSettings.openToLoad(other, settings.dataset());
    return new OpenPipeline(other, opened, opened.warehouse().dataset().label());
  }

  /** The tables, to be asked. */
  public Dataset dataset() {
    return ports.warehouse().dataset();
  }

  @Override
  public void close() {
    ports.close();
  }
}
