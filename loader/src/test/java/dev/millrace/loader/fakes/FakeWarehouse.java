package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.system.SystemTable;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A warehouse in memory, with transactions; a row with a column that its table lacks is refused.
 */
public final class FakeWarehouse implements Warehouse {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Set<String>> columns = new LinkedHashMap<>();
  private final Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
  private final FakeStaging staging;
  private final Faults faults;
  private long miscount;

  public FakeWarehouse(FakeStaging staging, Faults faults) {
    this.staging = staging;
    this.faults = faults;
  }

  /** Makes the warehouse count so many rows too many. */
  public void miscountBy(long count) {
    miscount = count;
  }

  /** The rows of a table. */
  public synchronized List<JsonNode> rows(String table) {
    return List.copyOf(rows.getOrDefault(table, List.of()));
  }

  /** Tables that have rows. */
  public synchronized Set<String> tables() {
    return new LinkedHashSet<>(rows.keySet());
  }

  @Override
  public String dltDestination() {
    return "duckdb";
  }

  @Override
  public boolean isLoaded(String loadId) throws IOException {
    return faults.around("warehouse.isLoaded", () -> hasLoad(loadId));
  }

  @Override
  public void evolve(Schema schema, Set<String> tables) throws IOException {
    faults.around(
        "warehouse.evolve",
        () -> {
          bringTo(schema, tables);
          return null;
        });
  }

  @Override
  public void load(SealedPackage sealed, Commit commit) throws IOException {
    faults.around(
        "warehouse.load",
        () -> {
          loadAll(sealed, commit);
          return null;
        });
  }

  @Override
  public void record(List<SystemRows> system) throws IOException {
    faults.around(
        "warehouse.record",
        () -> {
          recordAll(system);
          return null;
        });
  }

  @Override
  public void close() {}

  private synchronized boolean hasLoad(String loadId) {
    return rows("_dlt_loads").stream()
        .anyMatch(row -> row.get("load_id").asString().equals(loadId));
  }

  private synchronized void bringTo(Schema schema, Set<String> tables) {
    for (SystemTable table : SystemTables.ALL) {
      Set<String> names = columns.computeIfAbsent(table.name(), name -> new LinkedHashSet<>());
      table.columns().forEach(column -> names.add(column.name()));
    }
    for (String table : tables) {
      Set<String> names = columns.computeIfAbsent(table, name -> new LinkedHashSet<>());
      schema.table(table).columns().values().stream()
          .filter(Column::isComplete)
          .forEach(column -> names.add(column.name()));
    }
  }

  private synchronized void loadAll(SealedPackage sealed, Commit commit) throws IOException {
    if (hasLoad(sealed.loadId())) {
      return;
    }
    Map<String, List<JsonNode>> added = new LinkedHashMap<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Map.Entry<String, SealedPackage.TableParts> table : sealed.tables().entrySet()) {
      List<JsonNode> ofTable = new ArrayList<>();
      for (String location : table.getValue().locations()) {
        ofTable.addAll(lines(table.getKey(), staging.at(location)));
      }
      counts.put(table.getKey(), ofTable.size() + miscount);
      added.put(table.getKey(), ofTable);
    }
    List<SystemRows> system = commit.rows(counts);
    faults.around("warehouse.commit", () -> null);
    if (hasLoad(sealed.loadId())) {
      throw new IOException("transaction conflict");
    }
    added.forEach((name, list) -> rows.computeIfAbsent(name, it -> new ArrayList<>()).addAll(list));
    recordAll(system);
  }

  private synchronized void recordAll(List<SystemRows> system) throws IOException {
    for (SystemRows each : system) {
      byte[] content = each.location() == null ? each.lines() : staging.at(each.location());
      List<JsonNode> lines = lines(each.table().name(), content);
      if (lines.size() != each.rows()) {
        throw new AssertionError(each.table().name() + " has other rows than it says");
      }
      for (JsonNode line : lines) {
        if (each.unlessExists() == null || isNew(each, line)) {
          rows.computeIfAbsent(each.table().name(), name -> new ArrayList<>()).add(line);
        }
      }
    }
  }

  private boolean isNew(SystemRows each, JsonNode line) {
    return rows(each.table().name()).stream()
        .noneMatch(row -> row.get(each.unlessExists()).equals(line.get(each.unlessExists())));
  }

  private List<JsonNode> lines(String table, byte[] content) throws IOException {
    Set<String> known = columns.get(table);
    if (known == null) {
      throw new LoadException(LoadError.MISCONFIGURED, "there is no table " + table);
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
      if (line.isEmpty()) {
        continue;
      }
      JsonNode row = JSON.readTree(line);
      for (String column : row.propertyNames()) {
        if (!known.contains(column)) {
          throw new AssertionError(table + " has no column " + column);
        }
      }
      lines.add(row);
    }
    return lines;
  }
}
