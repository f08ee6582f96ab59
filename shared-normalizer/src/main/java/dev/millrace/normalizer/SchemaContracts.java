package dev.millrace.normalizer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The contracts of a dataset.
 *
 * @param everywhere holds where nothing else is said; {@link SchemaContract#EVOLVE} unless set
 * @param byRootTable holds for a root table, by its name, and for all tables below it
 */
public record SchemaContracts(SchemaContract everywhere, Map<String, SchemaContract> byRootTable) {
  /** Everything may change everywhere. */
  public static final SchemaContracts NONE = new SchemaContracts(SchemaContract.EVOLVE, Map.of());

  public SchemaContracts {
    Objects.requireNonNull(everywhere, "everywhere");
    byRootTable = Collections.unmodifiableMap(new LinkedHashMap<>(byRootTable));
  }

  /** The contract of a root table and of all tables below it. */
  public SchemaContract of(String rootTable) {
    return byRootTable.getOrDefault(rootTable, everywhere);
  }
}
