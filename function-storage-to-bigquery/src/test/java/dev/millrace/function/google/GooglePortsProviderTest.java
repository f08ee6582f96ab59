package dev.millrace.function.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import dev.millrace.function.bigquery.BigQueryClient;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.PortsProvider;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.tests.bigquery.StrictBigQuery;
import dev.millrace.tests.bigquery.StrictBigQuerySettings;
import java.time.Instant;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GooglePortsProviderTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "project", "acme-events",
          "landing_bucket", "landing",
          "staging_bucket", "staging",
          "state_bucket", "state");

  @Test
  void theFunctionFindsItByItsKind() {
    assertThat(ServiceLoader.load(PortsProvider.class))
        .anyMatch(
            provider ->
                provider instanceof GooglePortsProvider && provider.kind().equals("google"));
  }

  @Test
  void openingAsksNobodyAnything() throws Exception {
    try (StrictBigQuery strict = start();
        Ports ports = open(strict)) {
      assertThat(ports.store().staging().location("a/b")).isEqualTo("gs://staging/a/b");
      assertThat(strict.calls()).isEmpty();
    }
  }

  @Test
  void theWarehouseIsTheDatasetOfTheSettings() throws Exception {
    try (StrictBigQuery strict = start();
        Ports ports = open(strict)) {
      BigQuery client = BigQueryClient.ofEmulator(strict.host(), "acme-events").get();
      client.create(DatasetInfo.of("shop"));
      client.create(DatasetInfo.of("shop_unique"));

      ports.warehouse().evolve(Schema.initial("millrace"), Set.of(), Instant.MAX);

      assertThat(client.getTable("shop", "_dlt_loads")).isNotNull();
    }
  }

  private static StrictBigQuery start() throws Exception {
    return StrictBigQuery.start(StrictBigQuerySettings.of(null));
  }

  private static Ports open(StrictBigQuery strict) throws Exception {
    String address = strict.host().substring("http://".length());
    return new GooglePortsProvider(
            Map.of("BIGQUERY_EMULATOR_HOST", address, "STORAGE_EMULATOR_HOST", "127.0.0.1:1"))
        .open(Settings.of("google", SETTINGS).withDataset("shop"));
  }
}
