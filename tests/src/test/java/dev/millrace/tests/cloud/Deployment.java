package dev.millrace.tests.cloud;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.storage.BucketInfo;
import dev.millrace.function.bigquery.BigQueryClient;
import dev.millrace.function.bigquery.BigQueryWarehouse;
import dev.millrace.function.bigquery.DatasetLayout;
import dev.millrace.function.bigquery.DatasetName;
import dev.millrace.function.storage.CloudLanding;
import dev.millrace.function.storage.CloudStaging;
import dev.millrace.function.storage.CloudState;
import dev.millrace.function.storage.StorageClient;
import dev.millrace.loader.HurriedLoader;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A dataset and what belongs to it: the sibling for views, the staging and the state bucket.
 *
 * @param dataset names all of them
 */
record Deployment(Cloud cloud, String dataset) {
  static Deployment create(Cloud cloud, String dataset) {
    Deployment deployment = new Deployment(cloud, dataset);
    cloud.storage().create(BucketInfo.of(deployment.staging()));
    cloud.storage().create(BucketInfo.of(deployment.state()));
    deployment.createDatasets();
    return deployment;
  }

  void createDatasets() {
    cloud.bigQuery().create(DatasetInfo.of(DatasetId.of(Cloud.PROJECT, dataset)));
    cloud.bigQuery().create(DatasetInfo.of(DatasetId.of(Cloud.PROJECT, dataset + "_unique")));
  }

  /** About half of what the event tables have, unless a load is complete. */
  void loseRowsOfLoadsThatAreIncomplete() throws InterruptedException {
    DatasetTables tables = tables();
    if (!tables.rows("_dlt_loads").isEmpty()) {
      return;
    }
    for (String table : tables.eventTables()) {
      query("DELETE FROM `%1$s." + table + "` WHERE _dlt_id < 'a'");
    }
  }

  String staging() {
    return dataset + "-staging";
  }

  String state() {
    return dataset + "-state";
  }

  /** As the bucket's rule does when staged objects are old. */
  void clearStaging() {
    cloud
        .storage()
        .list(staging())
        .iterateAll()
        .forEach(object -> cloud.storage().delete(object.getBlobId()));
  }

  /** A loader of its own, as another instance would have it, that doesn't wait between tries. */
  Loader loader() {
    return loader(cloud.gcs().url(), cloud.bigQueryUrl(), new HurriedLoader.Time());
  }

  /**
   * The same over other ways to the two services.
   *
   * @param storage where Cloud Storage is, or a proxy before it
   * @param bigQuery the same of BigQuery
   */
  Loader loader(String storage, String bigQuery, HurriedLoader.Time time) {
    return HurriedLoader.of(ports(storage, bigQuery, time), settings(), time);
  }

  Settings settings() {
    return Settings.of(dataset, Map.of());
  }

  Ports ports(String storage, String bigQuery, HurriedLoader.Time time) {
    StorageClient client = StorageClient.ofEmulator(storage);
    CloudStaging staging = new CloudStaging(client, staging());
    return new Ports(
        new BatchStore(
            new CloudLanding(client, Cloud.LANDING), staging, new CloudState(client, state())),
        new BigQueryWarehouse(
            BigQueryClient.ofEmulator(bigQuery, Cloud.PROJECT),
            new DatasetLayout(new DatasetName(Cloud.PROJECT, dataset), null, null),
            staging,
            time));
  }

  /**
   * Starts an instance of the function, without waiting until it listens.
   *
   * @param folder for its settings file
   * @param flags of its JVM
   */
  FunctionProcess launch(FunctionImage image, Path folder, String... flags) throws IOException {
    return FunctionProcess.launch(image, environment(folder, ""), flags);
  }

  /**
   * What an instance's environment holds.
   *
   * @param folder for its settings file
   * @param morePorts lines of the settings' ports
   */
  Map<String, String> environment(Path folder, String morePorts) throws IOException {
    Path file = folder.resolve(dataset + ".yaml");
    Files.writeString(
        file,
        """
        dataset: %s
        ports:
          kind: google
          project: %s
          landing_bucket: %s
          staging_bucket: %s
          state_bucket: %s
        %s"""
            .formatted(dataset, Cloud.PROJECT, Cloud.LANDING, staging(), state(), morePorts));
    Map<String, String> environment = new HashMap<>();
    environment.put("MILLRACE_SETTINGS", file.toString());
    environment.put("STORAGE_EMULATOR_HOST", cloud.gcs().url());
    environment.put("BIGQUERY_EMULATOR_HOST", cloud.bigQueryUrl());
    return environment;
  }

  DatasetTables tables() {
    return DatasetTables.read(cloud.bigQuery(), DatasetId.of(Cloud.PROJECT, dataset));
  }

  /**
   * The rows of a query.
   *
   * @param sql in which {@code %1$s} is the dataset, with its project
   */
  List<List<String>> query(String sql) throws InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    String named = sql.formatted(Cloud.PROJECT + "." + dataset);
    for (FieldValueList values :
        cloud.bigQuery().query(QueryJobConfiguration.of(named)).iterateAll()) {
      rows.add(
          values.stream().map(value -> value.isNull() ? null : value.getStringValue()).toList());
    }
    return rows;
  }

  Remains remains() {
    return Remains.of(tables());
  }
}
