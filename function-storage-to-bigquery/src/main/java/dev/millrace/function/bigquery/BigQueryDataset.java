package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The dataset as a person's commands ask it. Thread-safe. */
final class BigQueryDataset implements Dataset {
  /** A person waits longer than a push does, and stops what takes too long. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final long PAGE_ROWS = 10_000;

  /**
   * Bytes are billed by the megabyte, and at least ten for each table that a query reads (BigQuery
   * pricing, on-demand compute).
   */
  private static final long BILLED_STEP = 1 << 20;

  private static final long BILLED_LEAST = 10 * BILLED_STEP;

  private final DatasetName dataset;
  private final Calls calls;
  private final Statements statements;
  private final Parallel parallel;
  private final Clock clock;

  BigQueryDataset(
      DatasetName dataset, Calls calls, Statements statements, Parallel parallel, Clock clock) {
    this.dataset = dataset;
    this.calls = calls;
    this.statements = statements;
    this.parallel = parallel;
    this.clock = clock;
  }

  @Override
  public String label() {
    return dataset.toString();
  }

  /** {@inheritDoc} It takes a call for each table. */
  @Override
  public Map<String, TableInfo> tables() throws IOException {
    Deadline deadline = deadline();
    DatasetId id = DatasetId.of(dataset.project(), dataset.name());
    List<TableId> listed =
        calls.call("list the tables of " + dataset, deadline, client -> list(client, id));
    List<Table> looked = parallel.all(listed, table -> look(table, deadline));
    Map<String, TableInfo> tables = new TreeMap<>();
    looked.stream()
        .filter(Objects::nonNull)
        .map(BigQueryDataset::info)
        .forEach(table -> tables.put(table.name(), table));
    return tables;
  }

  private static List<TableId> list(BigQuery client, DatasetId id) {
    List<TableId> tables = new ArrayList<>();
    if (client.getDataset(id) != null) {
      for (Table table : client.listTables(id).iterateAll()) {
        TableDefinition definition = table.getDefinition();
        if (definition == null || definition.getType() == TableDefinition.Type.TABLE) {
          tables.add(table.getTableId());
        }
      }
    }
    return tables;
  }

  /** Null if it was deleted since. */
  private Table look(TableId id, Deadline deadline) throws LoadException {
    return calls.call(
        "look at table " + dataset.sql(id.getTable()), deadline, client -> client.getTable(id));
  }

  private static TableInfo info(Table table) {
    List<ColumnInfo> columns = new ArrayList<>();
    for (Field field : KnownTable.of(table).columns().values()) {
      columns.add(
          new ColumnInfo(
              field.getName(),
              ColumnType.dlt(field),
              ColumnType.sql(field),
              field.getMode() != Field.Mode.REQUIRED,
              field.getDescription()));
    }
    Long rows =
        table.getDefinition() instanceof StandardTableDefinition standard
            ? standard.getNumRows()
            : null;
    return new TableInfo(table.getTableId().getTable(), rows == null ? 0 : rows, columns);
  }

  @Override
  public String table(String name) {
    return dataset.sql(name);
  }

  @Override
  public String unique(String name) {
    return dataset.unique().sql(name);
  }

  @Override
  public String name(String name) {
    return SqlText.name(name);
  }

  /** {@inheritDoc} A page of the answer is in memory at once. */
  @Override
  public void query(String sql, List<?> values, RowVisitor visitor) throws IOException {
    Deadline deadline = deadline();
    Job job = statements.run(statement(sql, values), deadline);
    String what = "read a query's result";
    TableResult page = calls.call(what, deadline, client -> firstPage(job));
    while (page != null) {
      Schema schema = page.getSchema();
      for (FieldValueList cells : page.getValues()) {
        visitor.row(new FieldRow(schema, cells));
      }
      TableResult read = page;
      page = read.hasNextPage() ? calls.call(what, deadline, client -> read.getNextPage()) : null;
    }
  }

  private static TableResult firstPage(Job job) {
    try {
      return job.getQueryResults(BigQuery.QueryResultsOption.pageSize(PAGE_ROWS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BigQueryException(0, "told to stop", e);
    }
  }

  @Override
  public long change(String sql, List<?> values) throws IOException {
    Job job = statements.run(statement(sql, values), deadline());
    QueryStatistics statistics = job.getStatistics();
    Long changed = statistics.getNumDmlAffectedRows();
    return changed == null ? 0 : changed;
  }

  @Override
  public OptionalLong billedBytes(String sql, List<?> values) throws IOException {
    QueryStatistics estimate = statements.estimate(statement(sql, values), deadline());
    Long bytes = estimate.getTotalBytesProcessed();
    int tables = estimate.getReferencedTables() == null ? 1 : estimate.getReferencedTables().size();
    return OptionalLong.of(bytes == null ? 0 : billed(bytes, tables));
  }

  /** What is billed for reading so many bytes of so many tables; figures alone cost nothing. */
  static long billed(long bytes, int tables) {
    if (bytes == 0) {
      return 0;
    }
    long steps = (bytes + BILLED_STEP - 1) / BILLED_STEP;
    return Math.max(steps * BILLED_STEP, BILLED_LEAST * Math.max(1, tables));
  }

  private static QueryJobConfiguration statement(String sql, List<?> values) {
    QueryJobConfiguration.Builder query = QueryJobConfiguration.newBuilder(sql);
    values.forEach(value -> query.addPositionalParameter(parameter(value)));
    return query.build();
  }

  private static QueryParameterValue parameter(Object value) {
    if (value instanceof String text) {
      return QueryParameterValue.string(text);
    }
    if (value instanceof Long number) {
      return QueryParameterValue.int64(number);
    }
    if (value instanceof Double real) {
      return QueryParameterValue.float64(real);
    }
    if (value instanceof Boolean truth) {
      return QueryParameterValue.bool(truth);
    }
    if (value instanceof Instant time) {
      return QueryParameters.timestamp(time);
    }
    if (value instanceof byte[] bytes) {
      return QueryParameterValue.bytes(bytes);
    }
    throw new IllegalArgumentException("no value that a query takes: " + value);
  }

  private Deadline deadline() {
    return Deadline.in(clock, PATIENCE);
  }
}
