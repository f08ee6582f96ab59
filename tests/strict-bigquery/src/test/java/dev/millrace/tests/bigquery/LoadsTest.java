package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import dev.millrace.tests.bigquery.quotas.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadsTest {
  private static final String GOOD = "{\"id\":\"a\",\"total\":1}";

  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
    fixture.query("CREATE TABLE d.orders (id STRING NOT NULL, total INT64)");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> rows() throws InterruptedException {
    return fixture.query("SELECT id, total FROM d.orders ORDER BY id");
  }

  private static List<String> messages(Job job) {
    return job.getStatus().getExecutionErrors().stream().map(BigQueryError::getMessage).toList();
  }

  @Test
  void aLoad_saysHowManyRowsItHas() {
    Job job = fixture.loaded("load", "orders", GOOD, "", "{\"id\":\"b\"}");
    LoadStatistics statistics = job.getStatistics();
    assertThat(statistics.getOutputRows()).isEqualTo(2);
    assertThat(statistics.getBadRecords()).isZero();
    assertThat(statistics.getInputFiles()).isEqualTo(1);
  }

  @Test
  void aBadRowInTheSecondObject_leavesNoneOfTheFirst() throws Exception {
    String first = fixture.objects.put("1.jsonl", GOOD);
    String second = fixture.objects.put("2.jsonl", "{\"id\":\"b\",\"nope\":1}");
    Job job = fixture.run("load", Fixture.load("orders", first, second).build());
    assertThat(job.getStatus().getError().getReason()).isEqualTo("invalid");
    assertThat(job.getStatus().getError().getLocation()).isEqualTo(second);
    assertThat(rows()).isEmpty();
  }

  @Test
  void aMissingObject_isNotFound_andLeavesNothing() throws Exception {
    String first = fixture.objects.put("1.jsonl", GOOD);
    Job job = fixture.run("load", Fixture.load("orders", first, "gs://staging/2.jsonl").build());
    assertThat(job.getStatus().getError().getReason()).isEqualTo("notFound");
    assertThat(job.getStatus().getError().getMessage())
        .isEqualTo("Not found: URI gs://staging/2.jsonl");
    assertThat(rows()).isEmpty();
  }

  @Test
  void aMissingTable_isNotFoundInTheJobsResult() {
    Job job = fixture.loaded("load", "nowhere", GOOD);
    assertThat(job.getStatus().getError().getReason()).isEqualTo("notFound");
    assertThat(job.getStatus().getError().getMessage()).isEqualTo("Not found: Table p:d.nowhere");
  }

  @Test
  void errorsOfRows_nameWhereTheRowStarts() {
    Job job = fixture.loaded("load", "orders", GOOD, "{\"id\":\"b\",\"nope\":1}");
    assertThat(messages(job))
        .containsExactly(
            "Error while reading data, error message: JSON table encountered too many errors, giving up. Rows: 2; errors: 1. Please look into the errors[] collection for more details. File: gs://staging/load.jsonl",
            "Error while reading data, error message: JSON processing encountered too many errors, giving up. Rows: 2; errors: 1; max bad: 0; error percent: 0",
            "Error while reading data, error message: JSON parsing error in row starting at position 21: No such field: nope. File: gs://staging/load.jsonl");
  }

  @Test
  void aRequiredColumn_mustBeThereAndNotNull() {
    assertThat(messages(fixture.loaded("missing", "orders", "{\"total\":1}")).get(2))
        .contains("Missing required field: id.");
    assertThat(messages(fixture.loaded("null", "orders", "{\"id\":null}")).get(2))
        .contains("Only optional fields can be set to NULL. Field: id; Value: NULL");
  }

  @Test
  void whatIsNoObject_isAnError() {
    for (String line : List.of("[]", "1", "{\"id\":\"a\"", "{\"id\":\"a\"} {}", "nope")) {
      Job job = fixture.loaded("line" + line.hashCode(), "orders", line);
      assertThat(job.getStatus().getError().getReason()).as(line).isEqualTo("invalid");
    }
  }

  @Test
  void columnsNames_areFoundInAnyCase() throws Exception {
    fixture.loaded("load", "orders", "{\"ID\":\"a\",\"Total\":1}");
    assertThat(rows()).containsExactly("a|1");
  }

  @Test
  void unknownValues_areIgnoredWhereTheJobSaysSo() throws Exception {
    String uri = fixture.objects.put("1.jsonl", "{\"id\":\"a\",\"nope\":{\"x\":[1]},\"total\":1}");
    fixture.run("load", Fixture.load("orders", uri).setIgnoreUnknownValues(true).build());
    assertThat(rows()).containsExactly("a|1");
  }

  @Test
  void badRecords_arePassedOver_upToTheirMaximum() throws Exception {
    String uri = fixture.objects.put("1.jsonl", GOOD, "{\"total\":2}", "{\"id\":\"c\"}");
    Job done = fixture.run("some", Fixture.load("orders", uri).setMaxBadRecords(1).build());
    assertThat(done.getStatus().getError()).isNull();
    assertThat(done.<LoadStatistics>getStatistics().getBadRecords()).isEqualTo(1);
    assertThat(messages(done)).hasSize(1);
    assertThat(rows()).containsExactly("a|1", "c|null");

    String worse = fixture.objects.put("2.jsonl", GOOD, "{\"total\":2}", "{\"total\":3}");
    Job failed = fixture.run("many", Fixture.load("orders", worse).setMaxBadRecords(1).build());
    assertThat(failed.getStatus().getError().getReason()).isEqualTo("invalid");
    assertThat(rows()).hasSize(2);
  }

  @Test
  void writeTruncate_replacesRowsOnlyIfTheJobIsDone() throws Exception {
    fixture.loaded("first", "orders", GOOD);
    String bad = fixture.objects.put("bad.jsonl", "{}");
    String good = fixture.objects.put("good.jsonl", "{\"id\":\"z\"}");
    fixture.run(
        "bad",
        Fixture.load("orders", bad).setWriteDisposition(WriteDisposition.WRITE_TRUNCATE).build());
    assertThat(rows()).containsExactly("a|1");
    fixture.run(
        "good",
        Fixture.load("orders", good).setWriteDisposition(WriteDisposition.WRITE_TRUNCATE).build());
    assertThat(rows()).containsExactly("z|null");
  }

  @Test
  void gzip_isUndone() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String uri = fixture.objects.put("1.jsonl.gz", packed.toByteArray());
    fixture.run("load", Fixture.load("orders", uri).build());
    assertThat(rows()).containsExactly("a|1");
  }

  @Test
  void whatIsNotCovered_isRefusedWithThatReason() {
    String uri = fixture.objects.put("1.jsonl", GOOD);
    BigQueryError error =
        Fixture.refusal(
            () ->
                Jobs.start(
                    fixture.client,
                    "load",
                    Fixture.load("orders", uri).setAutodetect(true).build()));
    assertThat(error.getReason()).isEqualTo("notImplemented");
  }

  @Test
  void manyAtOnce_loseNothing() throws Exception {
    int clients = 8;
    int loads = 5;
    fixture.server.limits(Limits.off());
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int client = i;
      work.add(
          () -> {
            for (int j = 0; j < loads; j++) {
              fixture.loaded("load-" + client + "-" + j, "orders", GOOD, GOOD);
              fixture.query(
                  "ALTER TABLE d.orders ADD COLUMN IF NOT EXISTS c%d STRING".formatted(client));
            }
            return null;
          });
    }
    for (Future<Void> each : threads.invokeAll(work)) {
      each.get();
    }
    threads.shutdown();
    assertThat(fixture.query("SELECT COUNT(*) FROM d.orders"))
        .containsExactly(String.valueOf(2 * clients * loads));
    assertThat(fixture.client.getTable("d", "orders").getDefinition().getSchema().getFields())
        .hasSize(2 + clients);
  }
}
