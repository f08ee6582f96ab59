package dev.millrace.cli.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.Run;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.ids.SearchedId;
import dev.millrace.embedded.EmbeddedPortsProvider;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.IdField;
import dev.millrace.normalizer.privacy.PrivacyRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a run leaves behind, the next one finds and deletes. */
@Tag("once")
class InterruptedDeletionTest {
  /** A contract drops the row of a list, so that a part of the event is among the bad ones. */
  private static final String SETTINGS =
      """
      table_contracts:
        order: {data_type: discard_row}
      """;

  private static final String EVENTS =
      """
      {"event": "Order", "messageId": "2", "userId": "bob", "items": [{"n": 1, "options": [{"o": 3}]}]}
      {"event": "Order", "messageId": "1", "userId": "ada", "items": [{"n": 1, "options": [{"o": 1}]}, {"n": "ada's secret"}]}
      {"event": "Seen", "messageId": "5", "userId": "ada"}
      {"event": "Seen", "messageId": "7", "userId": "ada", broken
      """;

  private static final Progress QUIET = new Progress(System.err, false);
  @TempDir private static Path loaded;
  @TempDir private Path folders;

  @BeforeAll
  static void load() throws IOException {
    Path settings = Files.writeString(loaded.resolve("millrace.yaml"), SETTINGS);
    Path file = Files.writeString(loaded.resolve("monday.jsonl"), EVENTS);
    String into = loaded.resolve("shop.duckdb").toString();
    Run run =
        Run.millrace("load", "--into", into, "--settings", settings.toString(), file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private Ports open(String name) throws IOException {
    Path folder = Files.createDirectory(folders.resolve(name));
    ForgetCommandTest.copy(loaded, folder);
    return new EmbeddedPortsProvider()
        .open(
            Settings.of(
                "embedded",
                Map.of(
                    "folder", folder.resolve(".shop.duckdb.work").toString(),
                    "database", folder.resolve("shop.duckdb").toString())));
  }

  private static Found find(Ports ports, Dataset dataset) throws IOException {
    StoredSchema schema =
        StoredSchema.parse(ports.store().state().read(SchemaStore.OBJECT).orElseThrow().content());
    SearchedId ada = SearchedId.of(IdField.USER_ID, "ada", PrivacyRules.NONE);
    return new Search(new Questions(dataset), dataset.tables(), schema, ada).find();
  }

  private static void delete(Ports ports, Dataset dataset) throws IOException {
    new Deletion(dataset, QUIET).delete(find(ports, dataset));
  }

  private static Map<String, Long> rows(Dataset dataset) throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    dataset.tables().values().forEach(table -> rows.put(table.name(), table.rows()));
    return rows;
  }

  @Test
  void a_run_that_dies_at_any_statement_is_finished_by_the_next() throws IOException {
    Map<String, Long> wanted;
    int statements;
    try (Ports calm = open("calm")) {
      assertThat(find(calm, calm.warehouse().dataset()).byTable())
          .containsOnly(
              Map.entry("_millrace_bad_events", 2L),
              Map.entry("order", 1L),
              Map.entry("order__items", 1L),
              Map.entry("order__items__options", 1L),
              Map.entry("seen", 1L));
      InterruptedDataset counting =
          new InterruptedDataset(calm.warehouse().dataset(), Integer.MAX_VALUE);
      delete(calm, counting);
      statements = counting.changes();
      wanted = rows(calm.warehouse().dataset());
    }
    assertThat(statements).isEqualTo(6);
    assertThat(wanted).containsEntry("order", 1L).containsEntry("_millrace_bad_events", 0L);
    for (int at = 0; at < statements; at++) {
      try (Ports ports = open("at-" + at)) {
        Dataset dataset = ports.warehouse().dataset();
        InterruptedDataset dying = new InterruptedDataset(dataset, at);
        assertThatThrownBy(() -> delete(ports, dying)).hasMessageContaining("injected");

        delete(ports, dataset);

        assertThat(rows(dataset)).as("died at statement %d", at).isEqualTo(wanted);
        assertThat(find(ports, dataset).total()).isZero();
      }
    }
  }
}
