package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.PortsProvider;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.schema.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPortsProviderTest {
  @TempDir Path folder;

  @Test
  void provider_isFoundByItsKind() {
    assertThat(ServiceLoader.load(PortsProvider.class))
        .extracting(PortsProvider::kind)
        .contains("embedded");
  }

  @Test
  void open_withTheFolderAlone_putsTheDatabaseIntoIt() throws Exception {
    Path fresh = folder.resolve("pipeline");
    try (Ports ports = open(Map.of("folder", fresh.toString()))) {
      ports.warehouse().evolve(Schema.initial("millrace"), Set.of(), Instant.MAX);
    }
    assertThat(fresh.resolve("millrace.duckdb")).isRegularFile();
  }

  @Test
  void open_andReading_makeNothing() throws Exception {
    Path fresh = folder.resolve("pipeline");
    try (Ports ports = open(Map.of("folder", fresh.toString()))) {
      assertThatThrownBy(() -> ports.store().landing().list(object -> {}))
          .hasMessageContaining("no landing archive");
      assertThat(ports.store().state().read("schema.json")).isEmpty();
      assertThat(ports.store().staging().read("packages/1.0/manifest.json")).isEmpty();
      assertThat(ports.warehouse().dataset().tables()).isEmpty();
    }
    assertThat(fresh).doesNotExist();
  }

  @Test
  void open_withADatabase_usesThatFile() throws Exception {
    Path database = folder.resolve("elsewhere/events.duckdb");
    try (Ports ports = open(Map.of("folder", folder.toString(), "database", database.toString()))) {
      ports.warehouse().evolve(Schema.initial("millrace"), Set.of(), Instant.MAX);
    }
    assertThat(database).isRegularFile();
  }

  @Test
  void open_withoutAFolder_saysWhatIsMissing() {
    assertMisconfigured(Map.of(), "ports.folder is missing");
  }

  @Test
  void open_withASettingThatThereIsNot_namesIt() {
    assertMisconfigured(Map.of("folder", folder.toString(), "databse", "x"), "no setting databse;");
  }

  @Test
  void open_withAnEmptyBucket_isRefused() {
    assertMisconfigured(Map.of("folder", folder.toString(), "bucket", " "), "ports.bucket");
  }

  @Test
  void open_withADatabaseNamedLikeASchemaInIt_isRefused() {
    assertMisconfigured(
        Map.of("folder", folder.toString(), "database", folder + "/telemetry.duckdb"),
        "ports.database can't be called telemetry.duckdb");
  }

  @Test
  void open_withAFileForAFolder_saysSo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertMisconfigured(Map.of("folder", file.toString()), "ports.folder can't be used: " + file);
  }

  private void assertMisconfigured(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((LoadException) e).error())
        .isEqualTo(LoadError.MISCONFIGURED);
  }

  private static Ports open(Map<String, String> settings) throws Exception {
    return new EmbeddedPortsProvider().open(Settings.of("embedded", settings));
  }
}
