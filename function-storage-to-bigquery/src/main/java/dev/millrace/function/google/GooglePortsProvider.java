package dev.millrace.function.google;

import dev.millrace.function.bigquery.BigQueryClient;
import dev.millrace.function.bigquery.BigQueryWarehouse;
import dev.millrace.function.bigquery.DatasetLayout;
import dev.millrace.function.bigquery.DatasetName;
import dev.millrace.function.pubsub.PubSubSchemaChangeTopic;
import dev.millrace.function.pubsub.PubSubTopic;
import dev.millrace.function.pubsub.StorageNoticeTopic;
import dev.millrace.function.storage.CloudLanding;
import dev.millrace.function.storage.CloudStaging;
import dev.millrace.function.storage.CloudState;
import dev.millrace.function.storage.ObjectResources;
import dev.millrace.function.storage.StorageClient;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.NoticeTopic;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.PortsProvider;
import dev.millrace.loader.ports.SchemaChangeTopic;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.settings.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * The ports on Cloud Storage, BigQuery and Pub/Sub: {@code ports.kind: google}. What they are
 * called is in {@link GoogleSettings}.
 *
 * <p>Opening them asks nobody anything: each of Google's clients is made when it is first needed,
 * with the credentials of the environment. The environment variables {@code STORAGE_EMULATOR_HOST},
 * {@code BIGQUERY_EMULATOR_HOST} and {@code PUBSUB_EMULATOR_HOST} send it to an emulator instead,
 * without credentials.
 */
public final class GooglePortsProvider implements PortsProvider {
  private static final String BIGQUERY_EMULATOR = "BIGQUERY_EMULATOR_HOST";

  private final Map<String, String> environment;

  public GooglePortsProvider() {
    this(System.getenv());
  }

  GooglePortsProvider(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String kind() {
    return GoogleSettings.KIND;
  }

  @Override
  public Ports open(Settings settings) throws LoadException {
    GoogleSettings google = GoogleSettings.of(settings.portSettings());
    StorageClient storage = StorageClient.ofEnvironment(environment);
    CloudStaging staging = new CloudStaging(storage, google.stagingBucket());
    BatchStore store =
        new BatchStore(
            new CloudLanding(storage, google.landingBucket()),
            staging,
            new CloudState(storage, google.stateBucket()));
    DatasetLayout layout =
        new DatasetLayout(
            new DatasetName(google.project(), settings.dataset()),
            google.location(),
            settings.periods().partitionExpiry());
    Warehouse warehouse =
        new BigQueryWarehouse(bigQuery(google.project()), layout, staging, Clock.systemUTC());
    return new Ports(store, warehouse, notices(google, storage), schemaChanges(google));
  }

  private static NoticeTopic notices(GoogleSettings google, StorageClient storage)
      throws LoadException {
    return google.noticeTopic() == null
        ? NoticeTopic.NONE
        : new StorageNoticeTopic(
            new ObjectResources(storage, google.landingBucket()),
            PubSubTopic.named(google.noticeTopic()));
  }

  private static SchemaChangeTopic schemaChanges(GoogleSettings google) throws LoadException {
    return google.schemaChangeTopic() == null
        ? SchemaChangeTopic.NONE
        : new PubSubSchemaChangeTopic(PubSubTopic.named(google.schemaChangeTopic()));
  }

  private BigQueryClient bigQuery(String project) {
    String host = Objects.requireNonNullElse(environment.get(BIGQUERY_EMULATOR), "");
    if (host.isBlank()) {
      return BigQueryClient.ofGoogle(project);
    }
    String url = host.contains("://") ? host : "http://" + host;
    return BigQueryClient.ofEmulator(url, project);
  }
}
