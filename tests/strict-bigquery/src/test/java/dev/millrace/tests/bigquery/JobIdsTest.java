package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.JobField;
import com.google.cloud.bigquery.BigQuery.JobOption;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobIdsTest {
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
    fixture.query("CREATE TABLE d.orders (id STRING)");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theSecondJobOfAnId_isRefusedAndLoadsNothing() throws Exception {
    fixture.loaded("once", "orders", "{\"id\":\"a\"}");
    BigQueryError error = Fixture.refusal(() -> fixture.loaded("once", "orders", "{\"id\":\"b\"}"));
    assertThat(error.getReason()).isEqualTo("duplicate");
    assertThat(error.getMessage()).isEqualTo("Already Exists: Job p:US.once");
    assertThat(fixture.query("SELECT id FROM d.orders")).containsExactly("a");
  }

  @Test
  void aJobThatFailed_keepsItsIdAndItsOutcome() {
    fixture.loaded("failed", "orders", "{\"nope\":1}");
    BigQueryError error =
        Fixture.refusal(() -> fixture.loaded("failed", "orders", "{\"id\":\"a\"}"));
    assertThat(error.getReason()).isEqualTo("duplicate");
    assertThat(fixture.client.getJob("failed").getStatus().getError().getReason())
        .isEqualTo("invalid");
  }

  @Test
  void aJob_hasTheFieldsThatAreAskedFor() {
    fixture.loaded("asked", "orders", "{\"id\":\"a\"}");

    Job some = fixture.client.getJob("asked", JobOption.fields(JobField.STATISTICS));

    assertThat(some.<LoadStatistics>getStatistics().getOutputRows()).isEqualTo(1);
    assertThat(some.getStatus()).isNull();
  }

  @Test
  void aQueryAndALoad_shareTheIdsOfTheirProject() {
    fixture.loaded("shared", "orders", "{\"id\":\"a\"}");
    BigQueryError error =
        Fixture.refusal(
            () ->
                fixture.client.create(
                    JobInfo.of(JobId.of("shared"), QueryJobConfiguration.of("SELECT 1 AS one"))));
    assertThat(error.getReason()).isEqualTo("duplicate");
  }

  @Test
  void anInsertThatIsRefused_doesNotTakeTheId() {
    assertThat(
            Fixture.refusal(
                    () ->
                        Jobs.start(
                            fixture.client,
                            "again",
                            Jobs.load(TableId.of("nowhere", "t"), List.of("gs://staging/x"))))
                .getReason())
        .isEqualTo("notFound");
    Job job = fixture.loaded("again", "orders", "{\"id\":\"a\"}");
    assertThat(job.getStatus().getError()).isNull();
  }

  @Test
  void anId_hasLettersDigitsUnderscoresAndDashes_atMost1024() {
    String longest = "x".repeat(1_024);
    assertThat(fixture.loaded(longest, "orders", "{}").getStatus().getError()).isNull();
    for (String id : List.of(longest + "x", "a.b", "a b", "ä")) {
      BigQueryError error =
          Fixture.refusal(
              () -> Jobs.start(fixture.client, id, Fixture.load("orders", "gs://b/o").build()));
      assertThat(error.getReason()).as(id).isEqualTo("invalid");
    }
  }

  @Test
  void aJob_isFoundInItsLocationOnly() throws Exception {
    fixture.client.create(DatasetInfo.newBuilder("tokyo").setLocation("asia-northeast1").build());
    fixture.query("CREATE TABLE tokyo.orders (id STRING)");
    Job job =
        Jobs.start(
            fixture.client,
            "far",
            Jobs.load(
                TableId.of("tokyo", "orders"), List.of(fixture.objects.put("far.jsonl", "{}"))));
    assertThat(job.getJobId().getLocation()).isEqualTo("asia-northeast1");
    assertThat(fixture.client.getJob(JobId.of("far"))).isNull();
    assertThat(fixture.client.getJob(JobId.newBuilder().setJob("far").setLocation("US").build()))
        .isNull();
    assertThat(
            fixture.client.getJob(
                JobId.newBuilder().setJob("far").setLocation("asia-northeast1").build()))
        .isNotNull();
  }

  @Test
  void aLoadInAnotherLocationThanItsDataset_doesNotFindIt() {
    JobId id = JobId.newBuilder().setJob("elsewhere").setLocation("EU").build();
    BigQueryError error =
        Fixture.refusal(
            () ->
                fixture.client.create(
                    JobInfo.of(id, Fixture.load("orders", "gs://staging/a").build())));
    assertThat(error.getMessage()).isEqualTo("Not found: Dataset p:d was not found in location EU");
  }

  @Test
  void aLoad_isPendingOrRunning_untilItsTimeIsOver() throws Exception {
    try (Fixture slow = new Fixture(settings -> settings.withLoadTime(Duration.ofMillis(300)))) {
      slow.query("CREATE TABLE d.orders (id STRING)");
      Job job =
          Jobs.start(
              slow.client,
              "slow",
              Fixture.load("orders", slow.objects.put("a.jsonl", "{\"id\":\"a\"}")).build());
      assertThat(job.getStatus().getState()).isIn(JobStatus.State.PENDING, JobStatus.State.RUNNING);
      assertThat(slow.query("SELECT * FROM d.orders")).isEmpty();
      assertThat(Jobs.done(slow.client, job).getStatus().getError()).isNull();
      assertThat(slow.query("SELECT * FROM d.orders")).hasSize(1);
    }
  }
}
