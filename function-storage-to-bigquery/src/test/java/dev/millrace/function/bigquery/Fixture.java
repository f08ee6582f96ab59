package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.QueryJobConfiguration;
import dev.millrace.function.storage.CloudStaging;
import dev.millrace.function.storage.StorageClient;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse.Commit;
import dev.millrace.loader.system.RowLine;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import dev.millrace.tests.bigquery.StrictBigQuery;
import dev.millrace.tests.bigquery.StrictBigQuerySettings;
import dev.millrace.tests.bigquery.quotas.Limits;
import dev.millrace.tests.emulator.BigQueryEmulator;
import dev.millrace.tests.emulator.FakeGcs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A BigQuery, strict unless said otherwise, with an empty dataset, a staging bucket, and packages
 * to load.
 */
final class Fixture implements AutoCloseable {
  static final DatasetName DATASET = new DatasetName("millrace-test", "telemetry");
  static final String LOAD_ID = "%d.000001000001".formatted(Instant.now().getEpochSecond());
  private static final Instant RECEIVED = Instant.parse("2026-11-26T09:00:00Z");

  final StrictBigQuery strict;
  final BigQuery client;
  final Staging staging;
  private final String host;
  private final List<BigQueryWarehouse> warehouses = new ArrayList<>();

  Fixture(FakeGcs storage) throws IOException {
    this(storage, StrictBigQuerySettings.of(URI.create(storage.url())).withLimits(Limits.off()));
  }

  /** One whose load jobs take that long. */
  Fixture(FakeGcs storage, Duration loadTime) throws IOException {
    this(
        storage,
        StrictBigQuerySettings.of(URI.create(storage.url()))
            .withLimits(Limits.off())
            .withLoadTime(loadTime));
  }

  /** One whose BigQuery goes by another clock. */
  Fixture(FakeGcs storage, Clock clock) throws IOException {
    this(
        storage,
        StrictBigQuerySettings.of(URI.create(storage.url()))
            .withLimits(Limits.off())
            .withClock(clock));
  }

  Fixture(FakeGcs storage, StrictBigQuerySettings settings) throws IOException {
    this(storage, StrictBigQuery.start(settings), null);
  }

  private Fixture(FakeGcs storage, StrictBigQuery strict, String otherHost) throws IOException {
    String bucket = "staging-" + UUID.randomUUID();
    storage.createBucket(bucket);
    this.staging = new CloudStaging(StorageClient.ofEmulator(storage.url()), bucket);
    this.strict = strict;
    this.host = strict == null ? otherHost : strict.host();
    this.client = BigQueryClient.ofEmulator(host, DATASET.project()).get();
    createDatasets();
  }

  /** The same on the public emulator, without {@link #strict}. */
  static Fixture onEmulator(FakeGcs storage, BigQueryEmulator emulator) throws IOException {
    return new Fixture(storage, null, emulator.url());
  }

  void createDatasets() {
    client.create(DatasetInfo.newBuilder(DATASET.name()).setLocation("EU").build());
    client.create(DatasetInfo.newBuilder(DATASET.unique().name()).setLocation("EU").build());
  }

  /** The warehouse of an instance that has just started. */
  BigQueryWarehouse instance() {
    return instance(Clock.systemUTC());
  }

  BigQueryWarehouse instance(Duration eventExpiry) {
    return instance(eventExpiry, Narrowing.MAX_JOBS, Clock.systemUTC());
  }

  /** One that looks for refused rows with few load jobs. */
  BigQueryWarehouse instanceThatNarrowsBy(int jobs) {
    return instance(null, jobs, Clock.systemUTC());
  }

  /** One that is started at another time. */
  BigQueryWarehouse instance(Clock clock) {
    return instance(null, Narrowing.MAX_JOBS, clock);
  }

  /** One that is started at another time, and stages elsewhere. */
  BigQueryWarehouse instance(Clock clock, Staging other) {
    return instance(null, Narrowing.MAX_JOBS, clock, other);
  }

  private BigQueryWarehouse instance(Duration eventExpiry, int narrowingJobs, Clock clock) {
    return instance(eventExpiry, narrowingJobs, clock, staging);
  }

  private BigQueryWarehouse instance(
      Duration eventExpiry, int narrowingJobs, Clock clock, Staging packages) {
    BigQueryWarehouse warehouse =
        new BigQueryWarehouse(
            strict == null
                ? BigQueryClient.ofEmulator(host, DATASET.project())
                : BigQueryClient.ofEmulator(host, DATASET.project(), 2_000),
            new DatasetLayout(DATASET, null, eventExpiry),
            packages,
            clock,
            narrowingJobs);
    warehouses.add(warehouse);
    return warehouse;
  }

  /** A package of the load {@link #LOAD_ID}, each list of lines a part. */
  SealedPackage sealed(Schema schema, Map<String, List<List<String>>> parts) throws IOException {
    return sealed(LOAD_ID, schema, parts);
  }

  SealedPackage sealed(String loadId, Schema schema, Map<String, List<List<String>>> parts)
      throws IOException {
    return sealed(loadId, "a", schema, parts);
  }

  SealedPackage sealed(
      String loadId, String attempt, Schema schema, Map<String, List<List<String>>> parts)
      throws IOException {
    Map<String, SealedPackage.TableParts> tables = new LinkedHashMap<>();
    for (Map.Entry<String, List<List<String>>> table : parts.entrySet()) {
      List<String> locations = new ArrayList<>();
      long rows = 0;
      for (List<String> lines : table.getValue()) {
        String path =
            "packages/%s/%s/%s.%d.jsonl"
                .formatted(loadId, attempt, table.getKey(), locations.size());
        try (OutputStream out = staging.create(path)) {
          out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        locations.add(staging.location(path));
        rows += lines.size();
      }
      List<String> columns = List.copyOf(schema.table(table.getKey()).columns().keySet());
      tables.put(table.getKey(), new SealedPackage.TableParts(locations, columns, rows));
    }
    return new SealedPackage(loadId, schema, tables);
  }

  /** Commit rows such as the loader makes. */
  static Commit commit(SealedPackage sealed) {
    return taken ->
        commitRows(sealed.loadId(), taken.rows().values().stream().mapToLong(n -> n).sum());
  }

  static List<SystemRows> commitRows(String loadId, long loaded) {
    Instant now = Instant.now();
    RowLine batch =
        batch(loadId, now, "loaded").number("events_loaded", loaded).timestamp("committed_at", now);
    RowLine version =
        new RowLine()
            .number("version", 1)
            .number("engine_version", 11)
            .timestamp("inserted_at", now)
            .text("schema_name", "millrace")
            .text("version_hash", "hash-1")
            .text("schema", "{}");
    RowLine load =
        new RowLine().text("load_id", loadId).number("status", 0).timestamp("inserted_at", now);
    return List.of(
        new SystemRows(
            SystemTables.BATCHES, batch.toBytes(), List.of(), 1, loadId + "/loaded", null),
        new SystemRows(
            SystemTables.VERSION, version.toBytes(), List.of(), 1, "hash-1", "version_hash"),
        new SystemRows(SystemTables.LOADS, load.toBytes(), List.of(), 1, loadId, null));
  }

  static RowLine batch(String loadId, Instant now, String state) {
    return new RowLine()
        .timestamp("recorded_at", now)
        .text("load_id", loadId)
        .text("bucket", "landing")
        .text("object", "o-" + loadId)
        .number("generation", 1)
        .text("state", state);
  }

  static Instant soon() {
    return Instant.now().plusSeconds(30);
  }

  /** An orders table with an integer total, and more columns. */
  static Schema orders(Column... more) {
    return schema(table("orders", Map.of(), root(more)));
  }

  static Schema schema(Table... tables) {
    return Schema.initial("millrace").with(List.of(tables));
  }

  static Table table(String name, Map<String, Object> properties, Column... columns) {
    Map<String, Column> byName = new LinkedHashMap<>();
    for (Column column : columns) {
      byName.put(column.name(), column);
    }
    return new Table(name, byName, properties);
  }

  /** The columns of a root table: a total, more, and what every root table has. */
  static Column[] root(Column... more) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("total", DataType.BIGINT));
    columns.addAll(List.of(more));
    columns.add(required("_dlt_id"));
    columns.add(required("_dlt_load_id"));
    columns.add(Column.of("_millrace_received_at", DataType.TIMESTAMP));
    return columns.toArray(Column[]::new);
  }

  static Column required(String name) {
    return new Column(name, DataType.TEXT, false, Map.of());
  }

  static String order(String id, String fields) {
    return order(id, LOAD_ID, RECEIVED, fields);
  }

  static String order(String id, String loadId, Instant received, String fields) {
    return """
        {%s"_dlt_id":"%s","_dlt_load_id":"%s","_millrace_received_at":"%s"}"""
        .formatted(fields.isEmpty() ? "" : fields + ",", id, loadId, received);
  }

  /** Orders with totals, as lines. */
  static List<String> orderLines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(order("id" + i, "\"total\":" + i));
    }
    return lines;
  }

  /** Rows that come into a table by another job than Millrace's. */
  void loadByHand(String table, byte[] lines) throws IOException {
    String path = "by-hand/" + UUID.randomUUID() + ".jsonl";
    staging.createIfAbsent(path, lines);
    try {
      Job job =
          client
              .create(
                  JobInfo.of(
                      LoadJobConfiguration.newBuilder(
                              DATASET.table(table), staging.location(path), FormatOptions.json())
                          .setWriteDisposition(JobInfo.WriteDisposition.WRITE_APPEND)
                          .build()))
              .waitFor();
      if (job.getStatus().getError() != null) {
        throw new IOException(job.getStatus().getError().toString());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String table) {
    return Long.parseLong(ask("SELECT COUNT(*) FROM " + DATASET.sql(table)).get(0));
  }

  /** What a query says, a row a text, values joined by commas. */
  List<String> ask(String sql) {
    try {
      List<String> rows = new ArrayList<>();
      for (FieldValueList row : client.query(QueryJobConfiguration.of(sql)).iterateAll()) {
        rows.add(
            String.join(",", row.stream().map(value -> String.valueOf(value.getValue())).toList()));
      }
      return rows;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    warehouses.forEach(BigQueryWarehouse::close);
    if (strict != null) {
      strict.close();
    }
  }
}
