package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatus;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.faults.Call;
import dev.millrace.tests.bigquery.faults.CallKind;
import dev.millrace.tests.bigquery.faults.Fault;
import dev.millrace.tests.bigquery.faults.Misbehaviour;
import dev.millrace.tests.bigquery.faults.Occasion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
    fixture.query("CREATE TABLE d.orders (id STRING)");
    fixture.server.forgetCalls();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Job start(String jobId) {
    return Jobs.start(
        fixture.client,
        jobId,
        Fixture.load("orders", fixture.objects.put("a.jsonl", "{\"id\":\"a\"}")).build());
  }

  private long rows() {
    fixture.server.behave();
    return fixture.client.getTable("d", "orders").getNumRows().longValueExact();
  }

  private void tell(Occasion occasion, Misbehaviour misbehaviour) {
    fixture.server.tell(Fault.on(CallKind.JOBS_INSERT_LOAD, occasion, misbehaviour));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ACCESS_DENIED",
        "AUTH_ERROR",
        "BACKEND_ERROR",
        "BAD_GATEWAY",
        "DUPLICATE",
        "INTERNAL_ERROR",
        "NOT_FOUND",
        "RATE_LIMIT_EXCEEDED"
      })
  void refusedBeforeTheWork_nothingIsDone(Reason reason) {
    tell(Occasion.nth(1), Misbehaviour.refuseBefore(reason));
    assertThatThrownBy(() -> start("job"))
        .isInstanceOfSatisfying(
            BigQueryException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(reason.status());
              // The JDK's HTTP client keeps the body of a 401 to itself.
              assertThat(e.getReason())
                  .isEqualTo(reason == Reason.AUTH_ERROR ? null : reason.code());
            });
    assertThat(fixture.client.getJob("job")).isNull();
  }

  @Test
  void refusedAfterTheWork_theJobIsThere() {
    tell(Occasion.nth(1), Misbehaviour.refuseAfter(Reason.BACKEND_ERROR));
    assertThatThrownBy(() -> start("job")).isInstanceOf(BigQueryException.class);
    Jobs.done(fixture.client, fixture.client.getJob("job"));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void hungUpBeforeTheWork_nothingIsDone() {
    tell(Occasion.nth(1), Misbehaviour.hangUpBefore());
    assertThatThrownBy(() -> start("job")).isInstanceOf(BigQueryException.class);
    assertThat(fixture.client.getJob("job")).isNull();
  }

  @Test
  void hungUpAfterTheWork_theJobIsThere() {
    tell(Occasion.nth(1), Misbehaviour.hangUpAfter());
    assertThatThrownBy(() -> start("job")).isInstanceOf(BigQueryException.class);
    Jobs.done(fixture.client, fixture.client.getJob("job"));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void cutInTheAnswer_theJobIsThere() {
    tell(Occasion.nth(1), Misbehaviour.cutAnswer());
    assertThatThrownBy(() -> start("job")).isInstanceOf(BigQueryException.class);
    Jobs.done(fixture.client, fixture.client.getJob("job"));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aJobThatIsToldToFail_endsDoneWithThatReason_andLoadsNothing() {
    tell(Occasion.nth(2), Misbehaviour.failJob(Reason.BACKEND_ERROR));
    assertThat(Jobs.done(fixture.client, start("good")).getStatus().getError()).isNull();
    Job bad = Jobs.done(fixture.client, start("bad"));
    assertThat(bad.getStatus().getError().getReason()).isEqualTo("backendError");
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aQueryJobThatIsToldToFail_doesNothing() {
    fixture.server.tell(
        Fault.on(
            CallKind.JOBS_QUERY,
            Occasion.always(),
            Misbehaviour.failJob(Reason.RATE_LIMIT_EXCEEDED)));
    assertThat(fixture.refusal("DROP TABLE d.orders").getReason()).isEqualTo("rateLimitExceeded");
    assertThat(rows()).isZero();
  }

  @Test
  void aSlowJob_isNotDoneAtOnce() {
    tell(Occasion.always(), Misbehaviour.slowJob(Duration.ofMillis(300)));
    Job job = start("slow");
    assertThat(job.getStatus().getState()).isNotEqualTo(JobStatus.State.DONE);
    assertThat(Jobs.done(fixture.client, job).getStatus().getError()).isNull();
  }

  @Test
  void aDelay_keepsTheAnswerBack() {
    fixture.server.tell(
        Fault.on(CallKind.TABLES_GET, Occasion.nth(1), Misbehaviour.delay(Duration.ofMillis(200))));
    long start = System.nanoTime();
    assertThat(fixture.client.getTable("d", "orders")).isNotNull();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
  }

  @Test
  void aFault_isAboutItsTargetOnly() throws Exception {
    fixture.server.tell(
        Fault.on(
                CallKind.JOBS_QUERY,
                Occasion.always(),
                Misbehaviour.refuseBefore(Reason.RATE_LIMIT_EXCEEDED))
            .about("ALTER TABLE"));
    assertThat(fixture.query("SELECT id FROM d.orders")).isEmpty();
    assertThat(fixture.refusal("ALTER TABLE d.orders ADD COLUMN a STRING").getReason())
        .isEqualTo("rateLimitExceeded");
  }

  @Test
  void everyCall_isRecorded_soThatEachCanFailInTurn() throws Exception {
    Runnable work =
        () -> {
          fixture.client.getTable("d", "orders");
          fixture.client.listTables("d");
          fixture.client.getDataset("d");
        };
    work.run();
    List<Call> calls = fixture.server.calls();
    assertThat(calls.stream().map(Call::kind))
        .containsExactly(CallKind.TABLES_GET, CallKind.TABLES_LIST, CallKind.DATASETS_GET);
    assertThat(calls.stream().map(Call::target)).containsExactly("p:d.orders", "p:d", "p:d");
    for (Call call : calls) {
      fixture.server.behave();
      fixture.server.forgetCalls();
      fixture.server.tell(
          Fault.onAny(
              Occasion.nth(call.number()), Misbehaviour.refuseBefore(Reason.BACKEND_ERROR)));
      assertThatThrownBy(work::run).isInstanceOf(BigQueryException.class);
      assertThat(fixture.server.befallen()).isEqualTo(1);
      assertThat(fixture.server.calls().get(call.number() - 1).status()).isEqualTo(503);
    }
  }

  @Test
  void faultsAtRandom_areTheSameForTheSameSeed() {
    assertThat(failures(7)).isEqualTo(failures(7)).isNotEqualTo(failures(8)).contains(true, false);
  }

  private List<Boolean> failures(long seed) {
    fixture.server.behave();
    fixture.server.tell(
        Fault.on(
            CallKind.TABLES_GET,
            Occasion.randomly(0.5, seed),
            Misbehaviour.refuseBefore(Reason.BACKEND_ERROR)));
    List<Boolean> failures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      try {
        fixture.client.getTable("d", "orders");
        failures.add(false);
      } catch (BigQueryException e) {
        failures.add(true);
      }
    }
    return failures;
  }
}
