package dev.millrace.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.millrace.function.bigquery.BigQueryClient;
import dev.millrace.function.bigquery.BigQueryWarehouse;
import dev.millrace.function.bigquery.DatasetLayout;
import dev.millrace.function.bigquery.DatasetName;
import dev.millrace.function.storage.CloudLanding;
import dev.millrace.function.storage.CloudStaging;
import dev.millrace.function.storage.CloudState;
import dev.millrace.function.storage.StorageClient;
import dev.millrace.loader.HurriedLoader;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import dev.millrace.tests.bigquery.StrictBigQuery;
import dev.millrace.tests.bigquery.StrictBigQuerySettings;
import dev.millrace.tests.emulator.FakeGcs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The dataset {@code telemetry} of a BigQuery that keeps the real one's rules, with events in it.
 */
final class BigQueryTables implements AutoCloseable {
  private static final String PROJECT = "shop";
  private static final String DATASET = "telemetry";
  private static final String LANDING = "landing";
  private static final String STAGING = "staging";
  private static final String STATE = "state";

  private final FakeGcs gcs;
  private final StrictBigQuery server;
  private final BigQuery client;

  private BigQueryTables(FakeGcs gcs, StrictBigQuery server) {
    this.gcs = gcs;
    this.server = server;
    this.client =
        BigQueryOptions.newBuilder()
            .setHost(server.host())
            .setProjectId(PROJECT)
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  /** Loads the folder's files of JSON lines and of Avro as the function would, each as a batch. */
  static BigQueryTables of(Path folder) throws Exception {
    FakeGcs gcs = FakeGcs.start();
    StrictBigQuery server = StrictBigQuery.start(StrictBigQuerySettings.of(URI.create(gcs.url())));
    BigQueryTables tables = new BigQueryTables(gcs, server);
    tables.client.create(DatasetInfo.of(DatasetId.of(PROJECT, DATASET)));
    tables.client.create(DatasetInfo.of(DatasetId.of(PROJECT, DATASET + "_unique")));
    tables.load(batches(folder));
    return tables;
  }

  private static List<Path> batches(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.(jsonl|avro)")).sorted().toList();
    }
  }

  private void load(List<Path> batches) throws IOException {
    Storage storage =
        StorageOptions.newBuilder()
            .setHost(gcs.url())
            .setProjectId(PROJECT)
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    List.of(LANDING, STAGING, STATE).forEach(bucket -> storage.create(BucketInfo.of(bucket)));
    HurriedLoader.Time time = new HurriedLoader.Time();
    Loader loader = HurriedLoader.of(ports(time), Settings.of(DATASET, Map.of()), time);
    for (Path batch : batches) {
      String name = batch.getFileName().toString();
      long generation =
          storage
              .create(BlobInfo.newBuilder(LANDING, name).build(), Files.readAllBytes(batch))
              .getGeneration();
      LoadOutcome outcome =
          loader.load(new BatchRef(LANDING, name, generation), Duration.ofMinutes(5));
      assertThat(outcome).isNotInstanceOf(LoadOutcome.TryAgain.class);
    }
  }

  private Ports ports(HurriedLoader.Time time) {
    StorageClient store = StorageClient.ofEmulator(gcs.url());
    CloudStaging staging = new CloudStaging(store, STAGING);
    return new Ports(
        new BatchStore(new CloudLanding(store, LANDING), staging, new CloudState(store, STATE)),
        new BigQueryWarehouse(
            BigQueryClient.ofEmulator(server.host(), PROJECT),
            new DatasetLayout(new DatasetName(PROJECT, DATASET), null, null),
            staging,
            time));
  }

  /** The values of a query's rows. */
  List<List<String>> query(String sql) throws InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    for (FieldValueList values : client.query(QueryJobConfiguration.of(sql)).iterateAll()) {
      rows.add(
          values.stream().map(value -> value.isNull() ? null : value.getStringValue()).toList());
    }
    return rows;
  }

  @Override
  public void close() {
    server.close();
    gcs.close();
  }
}
