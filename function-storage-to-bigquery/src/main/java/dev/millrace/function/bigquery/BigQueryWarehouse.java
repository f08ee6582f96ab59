package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.BigQuery;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A warehouse in BigQuery: tables that follow the schema by DDL, parts that are loaded by load jobs
 * whose ids say what they load, so that each is loaded once. Nothing is asked of BigQuery before
 * the first batch. Thread-safe, also over processes.
 */
public final class BigQueryWarehouse implements Warehouse {
  /**
   * What a call may take that its caller has set no deadline for. Begun at the last moment of a
   * load's 540 s it must still end before Pub/Sub pushes the notice again at 600 s.
   */
  private static final Duration USUAL_TIME = Duration.ofSeconds(30);

  private static final WantedTable LOADS = WantedTable.of(SystemTables.LOADS);

  private final Clock clock;
  private final Parallel parallel = new Parallel();
  private final Evolution evolution;
  private final LoadJobs loadJobs;
  private final JobMemory memory;
  private final PackageTables packageTables;
  private final SystemRowJobs systemRows;
  private final CommitJobs commits;
  private final DatasetQueries queries;
  private final DatasetSchema datasetSchema;
  private final BigQueryDataset dataset;

  /**
   * @param client made when it is first asked for
   * @param layout where the tables are and how they are made
   * @param staging where the packages are, and what goes with them
   */
  public BigQueryWarehouse(
      Supplier<BigQuery> client, DatasetLayout layout, Staging staging, Clock clock) {
    this(client, layout, staging, clock, Narrowing.MAX_JOBS);
  }

  /**
   * @param narrowingJobs by which refused rows of a table are looked for, at most
   */
  BigQueryWarehouse(
      Supplier<BigQuery> client,
      DatasetLayout layout,
      Staging staging,
      Clock clock,
      int narrowingJobs) {
    this.clock = clock;
    DatasetName name = layout.dataset();
    Calls calls = new Calls(client);
    Jobs jobs = new Jobs(calls, new Location(calls, name, layout.location()));
    Statements statements = new Statements(calls, jobs);
    RememberedTables tables = new RememberedTables(calls, name);
    this.evolution =
        new Evolution(
            tables,
            statements,
            new TableDdl(name),
            new Views(name, calls, statements),
            layout.eventExpiry());
    this.loadJobs = new LoadJobs(name, jobs, evolution);
    this.memory = new JobMemory(clock);
    RowQueries rows = new RowQueries(name, statements);
    PartLoads parts =
        new PartLoads(
            loadJobs, memory, evolution, new Rests(staging, new JobIds(name), rows), staging);
    this.packageTables =
        new PackageTables(
            parts, new Narrowing(parts, new Pieces(staging), parallel, narrowingJobs), parallel);
    this.systemRows =
        new SystemRowJobs(
            staging, evolution, loadJobs, new KnownKeys(calls, new KeyList(name), loadJobs));
    this.commits = new CommitJobs(systemRows, memory, evolution, rows, parallel);
    this.queries = new DatasetQueries(name, statements, tables);
    this.datasetSchema = new DatasetSchema(name, statements, tables, parallel);
    this.dataset = new BigQueryDataset(name, calls, statements, parallel, clock);
  }

  @Override
  public String dltDestination() {
    return "bigquery";
  }

  /**
   * {@inheritDoc}
   *
   * <p>False unasked for a batch of the last 30 days: its load jobs are remembered.
   */
  @Override
  public boolean isLoaded(String loadId) throws IOException {
    return memory.mayLack(loadId)
        && queries.loaded(Set.of(loadId), usualDeadline()).contains(loadId);
  }

  @Override
  public List<OtherColumn> evolve(Schema schema, Set<String> tables, Instant until)
      throws IOException {
    Deadline deadline = new Deadline(clock, until);
    List<WantedTable> wanted = new ArrayList<>();
    SystemTables.ALL.forEach(table -> wanted.add(WantedTable.of(table)));
    for (String name : tables) {
      Table table = schema.table(name);
      if (table == null) {
        throw new IllegalArgumentException("the schema has no table " + name);
      }
      if (!table.isSystem()) {
        wanted.add(WantedTable.of(table));
      }
    }
    return parallel.all(wanted, table -> evolution.bring(table, deadline)).stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The load is complete with the load job of {@code _dlt_loads}, whose rows are known by the
   * load id.
   */
  @Override
  public void load(SealedPackage sealed, Commit commit, Instant until) throws IOException {
    Deadline deadline = new Deadline(clock, until);
    String loadId = sealed.loadId();
    KnownTable loads = evolution.current(LOADS, deadline);
    if (loadJobs.isIn(loads, List.of(loadId), deadline)) {
      return;
    }
    commits.write(loadId, commit.rows(packageTables.load(sealed, deadline)), deadline);
  }

  @Override
  public void record(List<SystemRows> rows) throws IOException {
    Deadline deadline = usualDeadline();
    for (SystemRows each : rows) {
      systemRows.write(each, "records", deadline);
    }
  }

  @Override
  public Optional<StoredSchema> storedSchema(String schemaName) throws IOException {
    return datasetSchema.newest(schemaName, usualDeadline());
  }

  @Override
  public Map<String, Settled> settled(Set<String> loadIds) throws IOException {
    return loadIds.isEmpty() ? Map.of() : queries.settled(loadIds, usualDeadline());
  }

  @Override
  public Set<String> present(Map<String, Set<String>> rootIds, Instant since, String butLoad)
      throws IOException {
    return queries.present(rootIds, since, butLoad, usualDeadline());
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public void close() {
    parallel.close();
  }

  private Deadline usualDeadline() {
    return Deadline.in(clock, USUAL_TIME);
  }
}
