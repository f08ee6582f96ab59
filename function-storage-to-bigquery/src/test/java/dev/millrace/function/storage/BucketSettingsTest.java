package dev.millrace.function.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SettingsSource;
import dev.millrace.tests.emulator.FakeGcs;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSettingsTest {
  private static FakeGcs storage;
  private static BucketSettings settings;

  @BeforeAll
  static void start() throws Exception {
    storage = FakeGcs.start();
    storage.createBucket("state");
    StorageClient client = StorageClient.ofEmulator(storage.url());
    client
        .get()
        .create(
            BlobInfo.newBuilder(BlobId.of("state", "of/millrace.yaml")).build(),
            "dataset: shop\n".getBytes(StandardCharsets.UTF_8));
    settings = new BucketSettings(client);
  }

  @AfterAll
  static void stop() {
    storage.close();
  }

  @Test
  void read_isTheObjectsContent() throws LoadException {
    assertThat(settings.read("gs://state/of/millrace.yaml"))
        .asString()
        .isEqualTo("dataset: shop\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gs://state/other.yaml", "gs://no-bucket/millrace.yaml", "gs://state", "gs:///x"})
  void read_whatIsNotThere_isMisconfiguredAndNamed(String address) {
    assertThatThrownBy(() -> settings.read(address))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED))
        .hasMessageContaining(address);
  }

  @Test
  void theFunctionFindsIt() {
    assertThat(ServiceLoader.load(SettingsSource.class))
        .hasSize(1)
        .first()
        .isInstanceOf(BucketSettings.class);
  }
}
