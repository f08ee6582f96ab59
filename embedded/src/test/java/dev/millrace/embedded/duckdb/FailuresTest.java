package dev.millrace.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IO Error: Could not write file \"/x\": No space left on device | UNAVAILABLE",
        "IO Error: Could not read from file \"/x\": Input/output error | UNAVAILABLE",
        "IO Error: No files found that match the pattern \"/x\" | UNAVAILABLE",
        "Out of Memory Error: failed to allocate data of size 32.0 MiB | UNAVAILABLE",
        "FATAL Error: Failed: database has been invalidated | UNAVAILABLE",
        "IO Error: Cannot open file \"/x\": Permission denied | MISCONFIGURED",
        "IO Error: Cannot open file \"/x\": Read-only file system | MISCONFIGURED",
        "IO Error: The file \"/x\" exists, but it is not a valid DuckDB database file! | MISCONFIGURED",
        "IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 67. | MISCONFIGURED",
        "Data Corruption Error: Corrupt database file: computed checksum 1 | MISCONFIGURED",
        "IO Error: Failure while replaying WAL file \"/x.wal\": WAL does not match database file. | MISCONFIGURED",
        "Catalog Error: Existing object \"t\" is of type Table | MISCONFIGURED",
        "Binder Error: Table \"t\" does not have a column with name \"x\" | MISCONFIGURED",
        "Conversion Error: Could not convert string 'x' to INT64 | COUNTS_DIFFER",
        "Constraint Error: NOT NULL constraint failed: t.d | COUNTS_DIFFER",
      })
  void failure_hasItsPlaceInTheCatalogue(String text, LoadError error) {
    assertThat(new Failures(Path.of("/x")).of(new SQLException(text)).error()).isEqualTo(error);
  }

  @Test
  void open_ofAnotherKindOfFile_saysSo() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.txt"), "notes ".repeat(5_000));
    assertMisconfigured(file, file + " is no DuckDB database");
  }

  @Test
  void read_ofAnotherKindOfFile_saysSo() throws Exception {
    for (String name : List.of("notes.txt", "events.jsonl")) {
      Path file = Files.writeString(folder.resolve(name), "notes ".repeat(5_000));
      DuckDbFile opened = new DuckDbFile(file, Duration.ZERO);
      assertThatThrownBy(() -> opened.read(connection -> null))
          .hasMessageContaining(file + " is no DuckDB database");
    }
  }

  @Test
  void open_ofAFolder_saysSo() throws Exception {
    assertMisconfigured(folder, folder + " is no DuckDB database");
  }

  @Test
  void open_belowAFile_saysSo() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.txt"), "notes");
    assertMisconfigured(file.resolve("millrace.duckdb"), "the folder of");
  }

  @Test
  void open_ofADamagedDatabase_saysSo() throws Exception {
    Path file = folder.resolve("millrace.duckdb");
    new Fixture(folder).execute("CREATE TABLE a (b INTEGER)");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4_096; i < bytes.length; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(file, bytes);
    assertMisconfigured(file, "a damaged one");
  }

  @Test
  void open_besideTheLogOfADeletedDatabase_saysSo() throws Exception {
    Path file = folder.resolve("millrace.duckdb");
    Fixture fixture = new Fixture(folder);
    Path log = folder.resolve("millrace.duckdb.wal");
    Path copy = folder.resolve("copy");
    fixture.file.open(
        connection -> {
          connection.createStatement().execute("CREATE TABLE a (b INTEGER)");
          return Files.copy(log, copy);
        });
    Files.delete(file);
    Files.copy(copy, log);
    assertMisconfigured(file, log + " is the log of a database that is gone");
  }

  @Test
  void open_ofAPathThatTheDriverWouldMisread_isRefused() {
    Path file = folder.resolve("a;b.duckdb");
    assertThatThrownBy(() -> new DuckDbFile(file, Duration.ZERO))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("no path with ';'");
  }

  private static void assertMisconfigured(Path file, String message) throws Exception {
    DuckDbFile opened = new DuckDbFile(file, Duration.ZERO);
    assertThatThrownBy(() -> opened.open(connection -> null))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((LoadException) e).error())
        .isEqualTo(LoadError.MISCONFIGURED);
  }
}
