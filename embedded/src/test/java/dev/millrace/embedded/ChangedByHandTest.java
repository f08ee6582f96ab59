package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.duckdb.DuckDbFile;
import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Periods;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader on a folder and DuckDB, between whose batches somebody else is at work. */
class ChangedByHandTest {
  @TempDir private Path folder;
  private Settings settings;
  private Ports ports;
  private LandingFolder landing;
  private DuckDbFile database;

  @BeforeEach
  void loadFirst() throws IOException {
    settings = Settings.of("embedded", Map.of("folder", folder.toString(), "bucket", "landing"));
    ports = new EmbeddedPortsProvider().open(settings);
    landing = new LandingFolder(folder, "landing");
    database = new DuckDbFile(folder.resolve("millrace.duckdb"), DuckDbFile.LOCK_WAIT);
    loaded("{\"event\":\"o\",\"messageId\":\"1\",\"n\":1,\"at\":\"2026-11-23T10:00:00Z\"}");
  }

  @AfterEach
  void close() {
    ports.close();
  }

  private LoadOutcome load(String event) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "", ".new"), event);
    BatchRef batch = landing.finalise(file.getFileName().toString(), file);
    return new Loader(ports, settings, Clock.systemUTC()).load(batch, Duration.ofMinutes(1));
  }

  private LoadReport loaded(String event) throws IOException {
    LoadOutcome outcome = load(event);
    assertThat(outcome).isInstanceOf(LoadOutcome.Loaded.class);
    return ((LoadOutcome.Loaded) outcome).report();
  }

  private List<String> query(String sql) throws IOException {
    return database.open(
        connection -> {
          List<String> rows = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
              rows.add(found.getString(1));
            }
          }
          return rows;
        });
  }

  private void execute(String sql) throws IOException {
    database.open(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  @Test
  void load_intoAColumnOfAnotherType_takesWhatFits() throws IOException {
    execute("ALTER TABLE telemetry.o ALTER COLUMN n TYPE VARCHAR");
    loaded("{\"event\":\"o\",\"messageId\":\"2\",\"n\":2}");

    assertThat(query("SELECT n FROM telemetry.o ORDER BY n")).containsExactly("1", "2");
  }

  @Test
  void load_intoAColumnThatItsValueDoesNotFit_putsItIntoTheVariant() throws IOException {
    execute("ALTER TABLE telemetry.o DROP COLUMN n");
    execute("ALTER TABLE telemetry.o ADD COLUMN n DATE");
    loaded("{\"event\":\"o\",\"messageId\":\"2\",\"n\":\"two\"}");

    assertThat(query("SELECT n__v_text FROM telemetry.o WHERE n__v_text IS NOT NULL"))
        .containsExactly("two");
  }

  @Test
  void load_intoAColumnOfATypeThatNoSchemaHas_saysWhatToDo() throws IOException {
    execute("ALTER TABLE telemetry.o DROP COLUMN n");
    execute("ALTER TABLE telemetry.o ADD COLUMN n STRUCT(a INTEGER)");

    assertThat(load("{\"event\":\"o\",\"n\":2}"))
        .isInstanceOfSatisfying(
            LoadOutcome.TryAgain.class,
            again -> {
              assertThat(again.error()).isEqualTo(LoadError.MISCONFIGURED);
              assertThat(again.detail()).contains("column n of table o").contains("STRUCT");
            });
  }

  @Test
  void load_schemaObjectLost_goesOnWithTheDatasetsOwn() throws IOException {
    Files.delete(folder.resolve("state/schema.json"));
    LoadReport report = loaded("{\"event\":\"o\",\"messageId\":\"2\",\"n\":2,\"extra\":true}");

    assertThat(report.changes()).extracting("column").containsExactly("extra");
    assertThat(query("SELECT schema FROM telemetry._dlt_version ORDER BY inserted_at DESC"))
        .first()
        .asString()
        .contains("\"extra\"")
        .contains("\"at\"");
  }

  @Test
  void load_versions_areDatedByTheirSchemaObject() throws IOException {
    loaded("{\"event\":\"o\",\"messageId\":\"2\",\"extra\":true}");
    String firstLine = Files.readAllLines(folder.resolve("state/schema.json")).get(0);

    assertThat(query("SELECT max(epoch_us(inserted_at)) FROM telemetry._dlt_version"))
        .containsExactly(firstLine.substring(firstLine.lastIndexOf(' ') + 1));
  }

  @Test
  void load_deduplicatingAcrossBatches_leavesOutWhatIsThere() throws IOException {
    settings = settings.withPeriods(new Periods(Duration.ofDays(30), null, Duration.ofDays(3)));
    LoadReport report =
        loaded(
            "{\"event\":\"o\",\"messageId\":\"1\",\"n\":1}{\"event\":\"o\",\"messageId\":\"2\",\"n\":2}");

    assertThat(report.events()).isEqualTo(new LoadReport.Events(2, 1, 1, 0));
    assertThat(query("SELECT n FROM telemetry.o ORDER BY n")).containsExactly("1", "2");
  }
}
