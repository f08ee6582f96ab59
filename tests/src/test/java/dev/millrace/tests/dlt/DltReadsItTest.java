package dev.millrace.tests.dlt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.dataset.Dataset;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import dev.millrace.tests.process.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dlt itself, from PyPI, restores our schema, reads our rows and appends its own. */
@Tag("once")
class DltReadsItTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String FIRST =
      """
      {"event":"Order Completed","messageId":"a1","timestamp":"2026-01-02T03:04:05.678Z","userId":"u1","properties":{"total":12.5,"paid":true,"items":[{"sku":"A","tags":["new","sale"]},{"sku":"B","price":3}]}}
      {"event":"Page Viewed","messageId":"a2","timestamp":"2026-01-02T03:04:06Z","properties":{"path":"/","durationMs":120}}
      {"event":"Page Viewed","messageId":"a2","timestamp":"2026-01-02T03:04:06Z","properties":{"path":"/","durationMs":120}}
      """;

  private static final String NEW_TABLE_COLUMN_AND_VARIANT =
      """
      {"event":"Signed Up","messageId":"b1","timestamp":"2026-01-03T03:04:05Z","traits":{"plan":"pro","matrix":[[1,2],[3]]}}
      {"event":"Order Completed","messageId":"b2","properties":{"total":"a lot","coupon":"VIP","items":[{"sku":"C","price":"free","parts":[{"n":1}]}]}}
      """;

  private static final String NOTHING_NEW =
      """
      {"event":"Page Viewed","messageId":"c1","properties":{"path":"/end","durationMs":99999999999}}
      {"event":"Page Viewed","messageId":"c2","properties":
      """;

  private static String python;

  @TempDir private Path folder;

  @BeforeAll
  static void installDlt() throws Exception {
    python =
        Tool.run(
            "install Python 3.9 or newer with venv (Debian and Ubuntu: apt install python3-venv).",
            "python3",
            Tool.file("../scripts/lib/python_environment.py").toString(),
            Tool.file("src/bench/requirements.txt").toString());
  }

  @Test
  void batches_areReadAndContinuedByDlt_withoutANewSchemaVersion() throws Exception {
    Path database = folder.resolve("millrace.duckdb");
    load(database, "first", FIRST);
    load(database, "second", NEW_TABLE_COLUMN_AND_VARIANT);
    load(database, "third", NOTHING_NEW);
    Dataset dataset = new Dataset(database);
    long versions = dataset.number("SELECT count(*) FROM _dlt_version");
    String hash =
        (String)
            dataset.value(
                "SELECT version_hash FROM _dlt_version ORDER BY inserted_at DESC LIMIT 1");

    String said = prove(database);

    assertThat(said)
        .contains("schema millrace version")
        .contains("hash " + hash)
        .contains("dataset() order_completed rows: 2")
        .contains("dataset() order_completed__properties__items rows: 3")
        .contains("dataset() order_completed__properties__items__tags rows: 2")
        .contains("dataset() page_viewed rows: 2")
        .contains("properties__total__v_text")
        .contains("dlt.attach: ok ['millrace']")
        .contains("'order_completed': 3")
        .contains("'page_viewed': 3")
        .contains("'signed_up': 2")
        .contains("schema hash unchanged _dlt_version rows: " + versions)
        .endsWith("OK\n")
        .doesNotContain("PROBLEM");
  }

  private void load(Path database, String name, String events) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".jsonl"), events);
    try (Child load =
        MillraceCommand.start("load", "--into", database.toString(), file.toString())) {
      Child.Finished finished = load.finish(PATIENCE);
      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    }
  }

  private static String prove(Path database) throws Exception {
    try (Child proof =
        Child.start(
            List.of(
                python,
                Tool.file("src/test/python/prove_sync.py").toString(),
                "--duckdb",
                database.toString(),
                "--dataset",
                "telemetry",
                "--continue-load"),
            Map.of("DLT_DATA_DIR", database.resolveSibling("dlt").toString()))) {
      Child.Finished finished = proof.finish(PATIENCE);
      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
      return finished.out();
    }
  }
}
