package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.State;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.SystemTable;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A warehouse in memory, with transactions. A row with a column that its table lacks is a broken
 * promise; one with a value that its column's type does not take is refused.
 */
public final class FakeWarehouse implements Warehouse {
  private final Map<String, Map<String, DataType>> columns = new LinkedHashMap<>();
  private final Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
  private final FakeLines lines;
  private final Faults faults;
  private long miscount;
  private boolean unasked;

  public FakeWarehouse(FakeStaging staging, Faults faults) {
    this.lines = new FakeLines(staging);
    this.faults = faults;
  }

  /** Makes the warehouse count so many rows too many. */
  public void miscountBy(long count) {
    miscount = count;
  }

  /** Makes the warehouse say of no load that it is in, as one does that pays for the question. */
  public void answerUnasked() {
    unasked = true;
  }

  /** Makes the warehouse refuse the rows of a table, in all packages, whose line has the text. */
  public void refuse(String table, String text) {
    lines.refuse(table, text);
  }

  /** Changes a column's type as somebody would by hand; null for a type without a name in dlt. */
  public synchronized void retype(String table, String column, DataType type) {
    columns.computeIfAbsent(table, name -> new LinkedHashMap<>()).put(column, type);
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
    return faults.around("warehouse.isLoaded", () -> !unasked && hasLoad(loadId));
  }

  @Override
  public List<OtherColumn> evolve(Schema schema, Set<String> tables, Instant deadline)
      throws IOException {
    return faults.around("warehouse.evolve", () -> bringTo(schema, tables));
  }

  @Override
  public void load(SealedPackage sealed, Commit commit, Instant deadline) throws IOException {
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
          bringSystemTables();
          recordAll(system);
          return null;
        });
  }

  @Override
  public Optional<StoredSchema> storedSchema(String schemaName) throws IOException {
    return faults.around("warehouse.storedSchema", () -> newestVersion());
  }

  @Override
  public Map<String, Settled> settled(Set<String> loadIds) throws IOException {
    return faults.around("warehouse.settled", () -> settledNow(loadIds));
  }

  @Override
  public Set<String> present(Map<String, Set<String>> rootIds, Instant since, String butLoad)
      throws IOException {
    return faults.around("warehouse.present", () -> presentNow(rootIds, since, butLoad));
  }

  /** There is none: it takes SQL. Who asks one is tested on DuckDB and BigQuery. */
  @Override
  public Dataset dataset() {
    throw new UnsupportedOperationException("this warehouse understands no SQL");
  }

  @Override
  public void close() {}

  private synchronized boolean hasLoad(String loadId) {
    return rows("_dlt_loads").stream()
        .anyMatch(row -> row.get("load_id").asString().equals(loadId));
  }

  private synchronized List<OtherColumn> bringTo(Schema schema, Set<String> tables) {
    bringSystemTables();
    List<OtherColumn> others = new ArrayList<>();
    for (String table : tables) {
      Map<String, DataType> known = columns.computeIfAbsent(table, name -> new LinkedHashMap<>());
      for (Column column : schema.table(table).columns().values()) {
        if (column.isComplete() && !known.containsKey(column.name())) {
          known.put(column.name(), column.type());
        }
        DataType type = known.get(column.name());
        if (type != column.type()) {
          String physical = type == null ? "STRUCT" : type.word();
          others.add(new OtherColumn(table, column.name(), type, physical));
        }
      }
    }
    return others;
  }

  private synchronized void bringSystemTables() {
    for (SystemTable table : SystemTables.ALL) {
      Map<String, DataType> known =
          columns.computeIfAbsent(table.name(), name -> new LinkedHashMap<>());
      table.columns().forEach(column -> known.put(column.name(), column.type()));
    }
  }

  private synchronized void loadAll(SealedPackage sealed, Commit commit) throws IOException {
    if (hasLoad(sealed.loadId())) {
      return;
    }
    Map<String, List<JsonNode>> added = new LinkedHashMap<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    List<RefusedRow> refused = new ArrayList<>();
    for (Map.Entry<String, SealedPackage.TableParts> table : sealed.tables().entrySet()) {
      List<JsonNode> ofTable = new ArrayList<>();
      for (String location : table.getValue().locations()) {
        ofTable.addAll(lines.part(table.getKey(), columnsOf(table.getKey()), location, refused));
      }
      counts.put(table.getKey(), ofTable.size() + miscount);
      added.put(table.getKey(), ofTable);
    }
    List<SystemRows> system = commit.rows(new Taken(counts, Map.of(), refused));
    faults.around("warehouse.commit", () -> null);
    if (hasLoad(sealed.loadId())) {
      throw new IOException("transaction conflict");
    }
    added.forEach((name, list) -> rows.computeIfAbsent(name, it -> new ArrayList<>()).addAll(list));
    recordAll(system);
  }

  private synchronized void recordAll(List<SystemRows> system) throws IOException {
    for (SystemRows each : system) {
      String table = each.table().name();
      List<JsonNode> added = lines.of(each, columnsOf(table));
      for (JsonNode line : added) {
        if (each.unlessExists() == null || isNew(each, line)) {
          rows.computeIfAbsent(table, name -> new ArrayList<>()).add(line);
        }
      }
    }
  }

  private Map<String, DataType> columnsOf(String table) throws LoadException {
    Map<String, DataType> known = columns.get(table);
    if (known == null) {
      throw new LoadException(LoadError.MISCONFIGURED, "there is no table " + table);
    }
    return known;
  }

  private boolean isNew(SystemRows each, JsonNode line) {
    return rows(each.table().name()).stream()
        .noneMatch(row -> row.get(each.unlessExists()).equals(line.get(each.unlessExists())));
  }

  private synchronized Optional<StoredSchema> newestVersion() {
    Comparator<JsonNode> age = Comparator.comparing(row -> row.get("inserted_at").asString());
    return rows("_dlt_version").stream()
        .max(age)
        .map(row -> Schema.parse(DltRows.document(row.get("schema").asString())))
        .map(schema -> new StoredSchema(schema, Map.of(), List.of(), State.ABSENT))
        .map(this::withColumns);
  }

  private StoredSchema withColumns(StoredSchema stored) {
    StoredSchema extended = stored;
    for (String table : stored.schema().tables().keySet()) {
      List<Column> known = new ArrayList<>();
      columns
          .getOrDefault(table, Map.of())
          .forEach((name, type) -> known.add(Column.of(name, type)));
      extended = extended.withColumns(table, known);
    }
    return extended;
  }

  private synchronized Map<String, Settled> settledNow(Set<String> loadIds) {
    Map<String, Settled> settled = new TreeMap<>();
    for (JsonNode row : rows("_millrace_batches")) {
      if (row.get("state").asString().equals("failed")) {
        settled.put(
            row.get("load_id").asString(),
            new Settled.Failed(row.get("code").asString(), row.get("detail").asString()));
      }
    }
    rows("_dlt_loads").forEach(row -> settled.put(row.get("load_id").asString(), new Settled.In()));
    settled.keySet().retainAll(loadIds);
    return settled;
  }

  private synchronized Set<String> presentNow(
      Map<String, Set<String>> rootIds, Instant since, String butLoad) {
    Set<String> present = new HashSet<>();
    rootIds.forEach(
        (table, ids) ->
            present.addAll(
                rows(table).stream()
                    .filter(row -> !row.get("_dlt_load_id").asString().equals(butLoad))
                    .filter(row -> !receivedAt(row).isBefore(since))
                    .map(row -> row.get("_dlt_id").asString())
                    .filter(ids::contains)
                    .collect(Collectors.toSet())));
    return present;
  }

  private static Instant receivedAt(JsonNode row) {
    return Instant.parse(row.get("_millrace_received_at").asString());
  }
}
