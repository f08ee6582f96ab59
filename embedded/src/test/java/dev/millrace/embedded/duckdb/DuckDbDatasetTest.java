package dev.millrace.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.contract.DatasetContract;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.system.SystemTables;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DuckDB file keeps what the port promises, and is only touched by what changes it. */
class DuckDbDatasetTest extends DatasetContract {
  @TempDir Path folder;

  @Override
  protected Warehouse warehouse() throws IOException {
    return new DuckDbWarehouse(
        new DuckDbFile(folder.resolve("millrace.duckdb"), Duration.ofSeconds(10)),
        "telemetry",
        SystemTables.ALL);
  }

  @Test
  void whereThereIsNoFile_nothingIsMade() throws IOException {
    Dataset dataset = warehouse().dataset();

    assertThat(dataset.tables()).isEmpty();
    assertThatThrownBy(() -> dataset.query("SELECT 1", List.of(), row -> {}))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> dataset.change("DELETE FROM x WHERE TRUE", List.of()))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("is not there");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void reading_changesNoByteOfTheFile() throws IOException {
    warehouse().record(List.of());
    Path file = folder.resolve("millrace.duckdb");
    byte[] before = Files.readAllBytes(file);
    Dataset dataset = warehouse().dataset();

    dataset.tables();
    dataset.query("SELECT count(*) FROM " + dataset.table("_dlt_loads"), List.of(), row -> {});
    assertThatThrownBy(() -> dataset.query("CREATE TABLE x (a INTEGER)", List.of(), row -> {}))
        .isInstanceOf(LoadException.class);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void whileItIsKeptOpen_questionsAreAnswered_andNothingCanBeChanged() throws IOException {
    warehouse().record(List.of());
    Dataset dataset = warehouse().dataset();
    String changing = "DELETE FROM " + dataset.table("_dlt_loads");

    try (Closeable open = dataset.keepOpen()) {
      assertThat(open).isNotNull();
      assertThat(dataset.tables()).containsKey("_dlt_loads");
      assertThatThrownBy(() -> dataset.change(changing, List.of()))
          .isInstanceOf(LoadException.class);
    }

    assertThat(dataset.change(changing, List.of())).isZero();
  }

  @Test
  void aQuestionMayBeAskedWhileAnAnswerIsRead() throws IOException {
    warehouse().record(List.of());
    Dataset dataset = warehouse().dataset();

    dataset.query(
        "SELECT 1", List.of(), row -> assertThat(dataset.tables()).containsKey("_dlt_loads"));
  }

  @Test
  void nothingIsBilled() throws IOException {
    assertThat(warehouse().dataset().billedBytes("SELECT 1", List.of())).isEmpty();
  }

  @Test
  void itIsCalledByTheFileAndItsSchema() throws IOException {
    assertThat(warehouse().dataset().label())
        .isEqualTo(folder.resolve("millrace.duckdb") + ", schema telemetry");
  }
}
