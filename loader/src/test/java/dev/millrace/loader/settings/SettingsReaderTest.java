package dev.millrace.loader.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SettingsSource;
import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.SchemaContract;
import dev.millrace.normalizer.SchemaContract.Entity;
import dev.millrace.normalizer.SchemaContract.Mode;
import dev.millrace.normalizer.SchemaContracts;
import dev.millrace.normalizer.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final String PORTS = "ports: {kind: embedded, folder: data}\n";

  private static Settings read(String yaml) throws LoadException {
    return SettingsReader.ofWholeFiles()
        .read("millrace.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String problems(String yaml) {
    try {
      return "none: " + read(yaml);
    } catch (LoadException e) {
      assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED);
      return e.getMessage();
    }
  }

  @Test
  void read_portsAlone_givesDefaults() throws LoadException {
    assertThat(read(PORTS)).isEqualTo(Settings.of("embedded", Map.of("folder", "data")));
  }

  @Test
  void read_schemaName_isTheResourceToo() throws LoadException {
    assertThat(read("schema_name: shop\n" + PORTS).normalizer().resource()).isEqualTo("shop");
  }

  @Test
  void read_columns_givesHints() throws LoadException {
    Settings settings =
        read(
            """
            columns:
              "*":
                user_id: {data_type: text, nullable: false, description: Who, tags: [pii, key]}
              orders:
                total: {data_type: decimal, precision: 20, scale: 4}
            """
                + PORTS);

    assertThat(settings.normalizer().columnHints())
        .isEqualTo(
            Map.of(
                "*",
                    Map.of(
                        "user_id",
                        new ColumnHint(
                            DataType.TEXT,
                            false,
                            Map.of("description", "Who", "x-tags", List.of("pii", "key")))),
                "orders",
                    Map.of(
                        "total",
                        new ColumnHint(
                            DataType.DECIMAL, null, Map.of("precision", 20, "scale", 4)))));
  }

  @Test
  void read_guards_takesSizesWithUnits() throws LoadException {
    Settings settings = read("guards: {event_bytes: 512 KiB, tables: 7}\n" + PORTS);

    assertThat(settings.normalizer().guards())
        .isEqualTo(
            new Guards(
                Guards.DEFAULT.nestingLevels(), Guards.DEFAULT.columnsPerTable(), 7, 512 << 10));
  }

  @Test
  void read_switchesAndNumbers_areTaken() throws LoadException {
    Settings settings =
        read(
            "max_nesting: 2\nroot_key: true\ntrust_system_keys: true\nevent_name_field: type\n"
                + PORTS);

    assertThat(settings.normalizer().maxNesting()).isEqualTo(OptionalInt.of(2));
    assertThat(settings.normalizer().rootKey()).isTrue();
    assertThat(settings.normalizer().trustSystemKeys()).isTrue();
    assertThat(settings.normalizer().eventNameField()).isEqualTo("type");
  }

  @Test
  void read_times_areTakenInAllUnits() throws LoadException {
    Settings settings =
        read(
            """
            deduplication: {across_batches: 90 minutes}
            partition_expiry: 1 day
            reconcile: {landing_retention: 48hours}
            """
                + PORTS);

    assertThat(settings.periods())
        .isEqualTo(new Periods(Duration.ofHours(48), Duration.ofDays(1), Duration.ofMinutes(90)));
  }

  @Test
  void read_timesThatAreNone_areTold() {
    assertThat(
            problems(
                """
                deduplication: {across_batches: 31 days, other: 1}
                partition_expiry: 3
                reconcile: {landing_retention: 99999999 days}
                """
                    + PORTS))
        .contains(
            "millrace.yaml:1: deduplication.across_batches is 31 days;"
                + " a time from 1 hour to 30 days, such as 3 days or 12 hours, is expected")
        .contains("millrace.yaml:1: there is no setting deduplication.other")
        .contains("millrace.yaml:2: partition_expiry is 3; a time from 1 day to 36500 days")
        .contains("millrace.yaml:3: reconcile.landing_retention is 99999999 days");
  }

  private record MemorySource(String scheme, String content) implements SettingsSource {
    @Override
    public byte[] read(String address) {
      return content.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static Settings readAt(String address, String content) throws LoadException {
    return SettingsReader.ofWholeFiles()
        .withSources(
            scheme ->
                Optional.<SettingsSource>of(new MemorySource("gs", content))
                    .filter(it -> scheme.equals("gs")))
        .readAt(address);
  }

  @Test
  void readAt_addressWithAScheme_isReadByItsSource() throws LoadException {
    assertThat(readAt("gs://state/millrace.yaml", "dataset: shop\n" + PORTS).dataset())
        .isEqualTo("shop");
    assertThatThrownBy(() -> readAt("gs://state/millrace.yaml", "daset: shop\n" + PORTS))
        .hasMessageContaining("gs://state/millrace.yaml:1: there is no setting daset");
  }

  @Test
  void readAt_schemeOfNoSource_saysSo() {
    assertThatThrownBy(() -> readAt("s3://state/millrace.yaml", PORTS))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("can't read settings from s3:// addresses");
  }

  @Test
  void readAt_path_isAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("millrace.yaml"), "dataset: shop\n" + PORTS);

    assertThat(readAt(file.toString(), "").dataset()).isEqualTo("shop");
  }

  @Test
  void read_preferredTypes_areTaken() throws LoadException {
    assertThat(
            read("preferred_types: {'re:_at$': timestamp, id: text}\n" + PORTS)
                .normalizer()
                .preferredTypes())
        .isEqualTo(Map.of("re:_at$", DataType.TIMESTAMP, "id", DataType.TEXT));
  }

  @Test
  void read_contractOfOneWord_isForAllEntities() throws LoadException {
    assertThat(read("schema_contract: freeze\n" + PORTS).normalizer().contracts())
        .isEqualTo(new SchemaContracts(SchemaContract.all(Mode.FREEZE), Map.of()));
  }

  @Test
  void read_contractByEntityAndByTable_isTaken() throws LoadException {
    Settings settings =
        read(
            """
            schema_contract: {columns: discard_value}
            table_contracts:
              orders: {tables: freeze, data_type: discard_row}
              page: evolve
            """
                + PORTS);

    assertThat(settings.normalizer().contracts())
        .isEqualTo(
            new SchemaContracts(
                new SchemaContract(Map.of(Entity.COLUMNS, Mode.DISCARD_VALUE), false),
                Map.of(
                    "orders",
                    new SchemaContract(
                        Map.of(Entity.TABLES, Mode.FREEZE, Entity.DATA_TYPE, Mode.DISCARD_ROW),
                        false),
                    "page",
                    SchemaContract.all(Mode.EVOLVE))));
  }

  @Test
  void read_contractsThatAreWrong_areToldWithTheirLines() {
    assertThat(
            problems(
                """
                schema_contract: {columns: frozen, rows: freeze}
                table_contracts:
                  Order Completed: freeze
                  page: [freeze]
                """
                    + PORTS))
        .contains(
            "millrace.yaml:1: schema_contract.columns is frozen; evolve, freeze, discard_row or",
            "there is no setting schema_contract.rows",
            "millrace.yaml:3: table_contracts.Order Completed is not how names are spelled in"
                + " tables; order_completed is expected",
            "millrace.yaml:4: table_contracts.page is a list; keys with values are expected");
  }

  @Test
  void read_columnsThatNoTableCanHave_areRefused() {
    assertThat(problems("columns:\n  orders:\n    userId: {data_type: text}\n" + PORTS))
        .isEqualTo(
            "millrace.yaml:3: columns.orders.userId is not how names are spelled in tables;"
                + " user_id is expected");
  }

  @Test
  void read_otherNaming_isRefused() throws LoadException {
    assertThat(read("naming: snake_case\n" + PORTS)).isEqualTo(read(PORTS));
    assertThat(problems("naming: camelCase\n" + PORTS))
        .isEqualTo(
            "millrace.yaml:1: naming is camelCase; snake_case, which is the only convention there"
                + " is, is expected");
  }

  @Test
  void read_overBase_keepsWhatTheFileDoesNotSay() throws LoadException {
    Settings base = Settings.of("embedded", Map.of("folder", "x"));

    assertThat(SettingsReader.over(base).read("f", "dataset: shop".getBytes()).portSettings())
        .isEqualTo(base.portSettings());
  }

  @Test
  void read_emptyFileOverBase_isTheBase() throws LoadException {
    Settings base = Settings.of("embedded", Map.of("folder", "x"));

    assertThat(SettingsReader.over(base).read("f", new byte[0])).isEqualTo(base);
  }

  @Test
  void read_unknownKey_namesTheNearest() {
    assertThat(problems("shema_name: a\n" + PORTS))
        .isEqualTo("millrace.yaml:1: there is no setting shema_name; is schema_name meant?");
  }

  @Test
  void read_unknownKeyFarFromAll_listsTheKnown() {
    assertThat(problems("guards: {zzzzzzzz: 1}\n" + PORTS))
        .contains("known keys are columns_per_table, event_bytes, nesting_levels, tables");
  }

  @Test
  void read_severalProblems_areToldAtOnceByLine() {
    assertThat(
            problems(
                """
                schema_name: 1x
                root_key: maybe
                max_nesting: -1
                guards:
                  event_bytes: 1 GiB
                columns:
                  orders:
                    total: {data_type: money}
                preferred_types:
                  "re:(": text
                """))
        .contains(
            "millrace.yaml:1: schema_name is 1x; a name",
            "millrace.yaml:2: root_key is maybe; true or false",
            "millrace.yaml:3: max_nesting is -1; a whole number from 0 to 1000",
            "millrace.yaml:5: guards.event_bytes is 1 GiB; a size from",
            "millrace.yaml:8: columns.orders.total.data_type is money; one of text, bigint",
            "millrace.yaml:10: preferred_types.re:( is no regular expression",
            "ports.kind is missing");
  }

  @Test
  void read_keySetTwice_isRefused() {
    assertThat(problems("dataset: a\ndataset: b\n" + PORTS))
        .isEqualTo("millrace.yaml:2: dataset is set twice, first in line 1; keep one");
  }

  @Test
  void read_alias_isRefused() {
    assertThat(problems("columns: &a {}\nguards: *a\n" + PORTS))
        .startsWith("millrace.yaml:2: the alias *a is not taken");
  }

  @Test
  void read_deepNesting_isRefused() {
    assertThat(problems("columns: " + "[".repeat(100_000)))
        .startsWith("millrace.yaml:1: no setting is nested as deep as this");
  }

  @Test
  void read_hugeFile_isRefused() {
    assertThat(problems("# " + "x".repeat(2 << 20))).contains("the file has 20971");
  }

  @Test
  void read_noYaml_namesTheLine() {
    assertThat(problems("dataset: a\n  b: [")).startsWith("millrace.yaml:2: this is not YAML");
  }

  @Test
  void read_noUtf8_isRefused() {
    assertThatThrownBy(
            () -> SettingsReader.ofWholeFiles().read("f", new byte[] {(byte) 0xff, (byte) 0xfe}))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void read_listForMapping_isRefused() {
    assertThat(problems("guards: [1]\n" + PORTS))
        .isEqualTo("millrace.yaml:1: guards is a list; keys with values are expected");
  }

  @Test
  void read_missingFile_namesIt(@TempDir Path folder) {
    assertThatThrownBy(() -> SettingsReader.ofWholeFiles().read(folder.resolve("millrace.yaml")))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  void read_file_namesItInProblems(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("m.yaml"), "x: 1\n" + PORTS);

    assertThatThrownBy(() -> SettingsReader.ofWholeFiles().read(file))
        .hasMessageStartingWith(file + ":1: ");
  }
}
