package dev.millrace.cli.settings;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.util.Map;

/**
 * The tables of a dataset that was loaded into. One that is not there has none, and must not look
 * like one in which nothing was found: its name may be misspelt.
 */
public final class LoadedTables {
  private LoadedTables() {}

  /**
   * The tables that are there, by name.
   *
   * @throws Failure if nothing was ever loaded
   */
  public static Map<String, TableInfo> of(Dataset dataset) throws IOException {
    Map<String, TableInfo> tables = dataset.tables();
    if (!tables.containsKey(SystemTables.BATCHES.name())) {
      throw Failure.failed(
          "nothing was loaded into %s: it has no table %s. If it is another dataset, name its settings by --settings"
              .formatted(dataset.label(), SystemTables.BATCHES.name()));
    }
    return tables;
  }
}
