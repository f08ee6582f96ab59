package dev.millrace.tests.cloud;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.bigquery.StrictBigQuery;
import dev.millrace.tests.bigquery.StrictBigQuerySettings;
import dev.millrace.tests.emulator.FakeGcs;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cloud Storage and BigQuery on this machine, with one landing bucket, and any number of
 * deployments that load from it.
 */
final class Cloud implements AutoCloseable {
  static final String PROJECT = "shop";
  static final String LANDING = "landing";

  private final FakeGcs gcs;
  private final String bigQueryUrl;
  // Null where another BigQuery is used.
  private final StrictBigQuery strict;
  private final Storage storage;
  private final BigQuery bigQuery;
  private final AtomicInteger deployments = new AtomicInteger();

  private Cloud(FakeGcs gcs, String bigQueryUrl, StrictBigQuery strict) {
    this.gcs = gcs;
    this.bigQueryUrl = bigQueryUrl;
    this.strict = strict;
    this.storage =
        StorageOptions.newBuilder()
            .setHost(gcs.url())
            .setProjectId(PROJECT)
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    this.bigQuery = bigQueryAt(bigQueryUrl);
    storage.create(BucketInfo.of(LANDING));
  }

  /** Starts both, with BigQuery's documented quotas. */
  static Cloud start() throws Exception {
    return start(FakeGcs.start());
  }

  /** The same over a Cloud Storage that runs, which is closed with this. */
  static Cloud start(FakeGcs gcs) throws Exception {
    try {
      StrictBigQuery strict =
          StrictBigQuery.start(StrictBigQuerySettings.of(URI.create(gcs.url())));
      return new Cloud(gcs, strict.host(), strict);
    } catch (Exception e) {
      gcs.close();
      throw e;
    }
  }

  /**
   * The same with another BigQuery, which is not closed with this.
   *
   * @param bigQueryUrl where it answers REST
   */
  static Cloud with(FakeGcs gcs, String bigQueryUrl) {
    return new Cloud(gcs, bigQueryUrl, null);
  }

  /** A client of BigQuery's, without credentials. */
  static BigQuery bigQueryAt(String host) {
    return BigQueryOptions.newBuilder()
        .setHost(host)
        .setProjectId(PROJECT)
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  FakeGcs gcs() {
    return gcs;
  }

  String bigQueryUrl() {
    return bigQueryUrl;
  }

  /** The BigQuery that misbehaves when it is told to. */
  StrictBigQuery strict() {
    return strict;
  }

  Storage storage() {
    return storage;
  }

  BigQuery bigQuery() {
    return bigQuery;
  }

  /** Puts an object into the landing bucket, over one of the same name. */
  BatchRef land(String name, byte[] content) {
    long generation =
        storage.create(BlobInfo.newBuilder(LANDING, name).build(), content).getGeneration();
    return new BatchRef(LANDING, name, generation);
  }

  Map<BatchRef, ScriptedBatch> land(List<ScriptedBatch> batches) {
    Map<BatchRef, ScriptedBatch> landed = new LinkedHashMap<>();
    batches.forEach(batch -> landed.put(land(batch.name(), batch.avro()), batch));
    return landed;
  }

  void deleteFromLanding(BatchRef batch) {
    storage.delete(BlobId.of(LANDING, batch.name()));
  }

  /** Makes a deployment with buckets and datasets of its own, all empty. */
  Deployment deploy() {
    return Deployment.create(this, "telemetry_" + deployments.incrementAndGet());
  }

  @Override
  public void close() {
    if (strict != null) {
      strict.close();
    }
    gcs.close();
  }
}
