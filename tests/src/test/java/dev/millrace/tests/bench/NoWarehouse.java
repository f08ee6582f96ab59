package dev.millrace.tests.bench;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  public List<OtherColumn> evolve(Schema schema, Set<String> tables, Instant deadline) {
    return List.of();
  }

  @Override
  public void load(SealedPackage sealed, Commit commit, Instant deadline) throws IOException {
    Map<String, Long> loaded = new LinkedHashMap<>();
    sealed.tables().forEach((name, parts) -> loaded.put(name, parts.rows()));
    commit.rows(Taken.all(loaded));
  }

  @Override
  public void record(List<SystemRows> rows) {
    throw new IllegalStateException("a batch failed for good");
  }

  @Override
  public Optional<StoredSchema> storedSchema(String schemaName) {
    return Optional.empty();
  }

  @Override
  public Map<String, Settled> settled(Set<String> loadIds) {
    return Map.of();
  }

  @Override
  public Set<String> present(Map<String, Set<String>> rootIds, Instant since, String butLoad) {
    return Set.of();
  }

  @Override
  public Dataset dataset() {
    throw new UnsupportedOperationException("nothing is kept that could be asked for");
  }

  @Override
  public void close() {}
}
