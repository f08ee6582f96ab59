package dev.millrace.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSchemaTest {
  private static final Schema FIRST = Schema.initial("millrace");
  private static final Schema SECOND =
      FIRST.with(
          List.of(new Table("orders", Map.of("id", Column.of("id", DataType.TEXT)), Map.of())));

  @TempDir private Path folder;
  private DuckDbFile file;

  @BeforeEach
  void makeFile() throws IOException {
    file = new DuckDbFile(folder.resolve("shop.duckdb"), Duration.ZERO);
    file.open(
        connection -> {
          run(connection, "CREATE SCHEMA telemetry");
          run(
              connection,
              """
              CREATE TABLE telemetry._dlt_version (version BIGINT, engine_version BIGINT,
                inserted_at TIMESTAMPTZ, schema_name VARCHAR, version_hash VARCHAR, schema VARCHAR)
              """);
          return null;
        });
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void add(int minute, String schemaName, String document) throws IOException {
    file.open(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO telemetry._dlt_version VALUES (1, 11, ?::TIMESTAMPTZ, ?, 'h', ?)")) {
            insert.setString(1, "2026-01-01 00:%02d:00+00".formatted(minute));
            insert.setString(2, schemaName);
            insert.setString(3, document);
            return insert.executeUpdate();
          }
        });
  }

  private static String text(Schema schema) {
    return new String(schema.document(), StandardCharsets.UTF_8);
  }

  private StoredSchema newest() throws IOException {
    return new DatasetSchema(file, "telemetry").newest("millrace");
  }

  @Test
  void newest_ofSeveral_isTheLastInserted() throws IOException {
    add(2, "millrace", text(SECOND));
    add(1, "millrace", text(FIRST));
    add(3, "other", text(FIRST));

    assertThat(newest().schema().versionHash()).isEqualTo(SECOND.versionHash());
  }

  @Test
  void newest_packed_isUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(SECOND.document());
    }
    add(1, "millrace", Base64.getEncoder().encodeToString(packed.toByteArray()));

    assertThat(newest().schema().versionHash()).isEqualTo(SECOND.versionHash());
  }

  @Test
  void newest_hasTheRawPathsOfChanges() throws IOException {
    add(1, "millrace", text(SECOND));
    file.open(
        connection -> {
          run(
              connection,
              """
              CREATE TABLE telemetry._millrace_schema_changes AS
              SELECT * FROM (VALUES ('orders_abc', NULL, 'Orders'), ('orders', 'id', NULL),
                ('orders', 'id_xyz', 'ID')) AS t(table_name, column_name, raw_path)
              """);
          return null;
        });

    assertThat(newest().rawPaths())
        .isEqualTo(Map.of("orders_abc", "Orders", "orders.id_xyz", "ID"));
  }

  @Test
  void newest_unreadableDocument_isAnErrorThatNamesTheFile() throws IOException {
    add(1, "millrace", "!!");

    assertThatThrownBy(this::newest)
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("shop.duckdb has a schema that can't be read");
  }

  @Test
  void newest_withoutTable_saysSo() {
    assertThatThrownBy(() -> new DatasetSchema(file, "shop").newest("millrace"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("has no schema shop with a table _dlt_version");
  }

  @Test
  void newest_withoutVersions_saysSo() {
    assertThatThrownBy(this::newest)
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(
            "has no version of the schema millrace in telemetry; it has none yet");
  }

  @Test
  void newest_fileThatIsNotThere_isNotMade() throws IOException {
    Path missing = folder.resolve("missing.duckdb");
    DuckDbFile database = new DuckDbFile(missing, Duration.ZERO);

    assertThatThrownBy(() -> new DatasetSchema(database, "telemetry").newest("millrace"))
        .hasMessageContaining("missing.duckdb is not there");
    assertThat(missing).doesNotExist();
  }

  @Test
  void withColumns_hasWhatTablesHaveBeyondTheVersion() throws IOException {
    add(1, "millrace", text(SECOND));
    file.open(
        connection -> {
          run(
              connection,
              "CREATE TABLE telemetry.orders (ID VARCHAR, total BIGINT, id__v_bool BOOLEAN, s STRUCT(a INTEGER))");
          return null;
        });

    Table orders =
        new DatasetSchema(file, "telemetry")
            .withColumns("millrace")
            .orElseThrow()
            .schema()
            .table("orders");

    assertThat(orders.columns().keySet()).containsExactly("id", "total", "id__v_bool");
    assertThat(orders.columns().get("total").isVariant()).isFalse();
    assertThat(orders.columns().get("id__v_bool").isVariant()).isTrue();
  }

  @Test
  void withColumns_ofADatabaseWithoutSuchASchema_isEmpty() throws IOException {
    DuckDbFile missing = new DuckDbFile(folder.resolve("missing.duckdb"), Duration.ZERO);

    assertThat(new DatasetSchema(file, "telemetry").withColumns("millrace")).isEmpty();
    assertThat(new DatasetSchema(file, "shop").withColumns("millrace")).isEmpty();
    assertThat(new DatasetSchema(missing, "telemetry").withColumns("millrace")).isEmpty();
  }

  @Test
  void read_cantWrite() throws IOException {
    byte[] before = Files.readAllBytes(file.path());

    file.read(
        connection ->
            assertThatThrownBy(() -> run(connection, "CREATE TABLE t (i INTEGER)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("read-only"));

    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
  }

  @Test
  void read_seesWhatIsStillInTheLog() throws IOException {
    add(1, "millrace", text(FIRST));
    Path copy = folder.resolve("copy.duckdb");
    file.open(
        connection -> {
          run(connection, "SET checkpoint_threshold = '1GB'");
          run(connection, "CREATE SCHEMA later");
          // As a process that is killed leaves them: the log has what the file has not.
          Files.copy(file.path(), copy);
          Files.copy(Path.of(file.path() + ".wal"), Path.of(copy + ".wal"));
          return null;
        });

    DuckDbFile left = new DuckDbFile(copy, Duration.ZERO);

    assertThat(new DatasetSchema(left, "telemetry").newest("millrace").schema().versionHash())
        .isEqualTo(FIRST.versionHash());
    assertThat(Path.of(copy + ".wal")).exists();
  }
}
