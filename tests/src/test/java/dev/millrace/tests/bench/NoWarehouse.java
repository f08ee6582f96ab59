package dev.millrace.tests.bench;

import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.normalizer.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes every package and keeps nothing: for measuring what comes before it. */
final class NoWarehouse implements Warehouse {
  @Override
  public String dltDestination() {
    return "duckdb";
  }

  @Override
  public boolean isLoaded(String loadId) {
    return false;
  }

  @Override
  public void evolve(Schema schema, Set<String> tables) {}

  @Override
  public void load(SealedPackage sealed, Commit commit) throws LoadException {
    Map<String, Long> loaded = new LinkedHashMap<>();
    sealed.tables().forEach((name, parts) -> loaded.put(name, parts.rows()));
    commit.rows(loaded);
  }

  @Override
  public void record(List<SystemRows> rows) {
    throw new IllegalStateException("a batch failed for good");
  }

  @Override
  public void close() {}
}
