package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.Job;
import dev.millrace.tests.bigquery.quotas.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
    fixture.query("CREATE TABLE d.plain (id STRING, day DATE)");
    fixture.query("CREATE TABLE d.parted (id STRING, day DATE) PARTITION BY day");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static BigQueryError error(Job job) {
    return job.getStatus().getError();
  }

  private void alter(String table, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      fixture.query("ALTER TABLE d.%s ADD COLUMN IF NOT EXISTS more STRING".formatted(table));
    }
  }

  @Test
  void aPlainTable_isUpdatedFiveTimesIn10Seconds_loadsAndDdlTogether() throws Exception {
    alter("plain", 3);
    assertThat(error(fixture.loaded("4th", "plain", "{}"))).isNull();
    assertThat(error(fixture.loaded("5th", "plain", "{}"))).isNull();
    BigQueryError sixth = error(fixture.loaded("6th", "plain", "{}"));
    assertThat(sixth.getReason()).isEqualTo("rateLimitExceeded");
    assertThat(sixth.getMessage())
        .startsWith("Exceeded rate limits: too many table update operations for this table.");
    assertThat(fixture.query("SELECT COUNT(*) FROM d.plain")).containsExactly("2");
    BigQueryError ddl = fixture.refusal("ALTER TABLE d.plain ADD COLUMN x STRING");
    assertThat(ddl.getReason()).isEqualTo("rateLimitExceeded");

    fixture.clock.advance(Duration.ofSeconds(10));
    assertThat(error(fixture.loaded("7th", "plain", "{}"))).isNull();
  }

  @Test
  void aPartitionedTable_isUpdated50TimesIn10Seconds() throws Exception {
    alter("parted", 50);
    assertThat(fixture.refusal("ALTER TABLE d.parted ADD COLUMN x STRING").getReason())
        .isEqualTo("rateLimitExceeded");
  }

  @Test
  void aPlainTablesLoads_areCountedByTheDay_failedOnesToo_andByTheTablesName() throws Exception {
    fixture.server.limits(Limits.off().withModificationsPerTableAndDay(2, 10));
    fixture.loaded("1st", "plain", "{}");
    fixture.loaded("2nd", "plain", "{\"nope\":1}");
    fixture.query("DROP TABLE d.plain");
    fixture.query("CREATE TABLE d.plain (id STRING)");
    assertThat(error(fixture.loaded("3rd", "plain", "{}")).getReason()).isEqualTo("quotaExceeded");
    fixture.clock.advance(Duration.ofDays(1));
    assertThat(error(fixture.loaded("4th", "plain", "{}"))).isNull();
  }

  @Test
  void aPartitionedTablesLoads_countOncePerPartition() throws Exception {
    fixture.server.limits(Limits.off().withModificationsPerTableAndDay(1, 3));
    String two = "{\"day\":\"2026-01-01\"}\n{\"day\":\"2026-01-02\"}\n{\"day\":\"2026-01-02\"}";
    assertThat(error(fixture.loaded("1st", "parted", two))).isNull();
    assertThat(error(fixture.loaded("2nd", "parted", two)).getReason()).isEqualTo("quotaExceeded");
    assertThat(error(fixture.loaded("3rd", "parted", "{\"day\":null}"))).isNull();
    assertThat(fixture.query("SELECT COUNT(*) FROM d.parted")).containsExactly("4");
  }

  @Test
  void aJob_touchesAtMost4000Partitions() throws Exception {
    StringBuilder rows = new StringBuilder();
    Instant day = Instant.parse("2000-01-01T00:00:00Z");
    for (int i = 0; i < 4_001; i++) {
      rows.append("{\"day\":\"%s\"}\n".formatted(day.toString().substring(0, 10)));
      day = day.plus(1, ChronoUnit.DAYS);
    }
    BigQueryError error = error(fixture.loaded("many", "parted", rows.toString()));
    assertThat(error.getMessage()).startsWith("Too many partitions produced");
    assertThat(fixture.query("SELECT COUNT(*) FROM d.parted")).containsExactly("0");
  }

  @Test
  void aProjectsLoadJobs_areCountedByTheDay() throws Exception {
    fixture.server.limits(Limits.off().withLoadJobsPerProjectAndDay(1));
    assertThat(error(fixture.loaded("1st", "plain", "{}"))).isNull();
    BigQueryError second = error(fixture.loaded("2nd", "parted", "{}"));
    assertThat(second.getReason()).isEqualTo("quotaExceeded");
    assertThat(second.getMessage()).contains("imports per project");
  }

  @Test
  void documentedLimits_areTheDocuments() {
    assertThat(Limits.documented()).isEqualTo(new Limits(100_000, 5, 50, 1_500, 30_000, 4_000));
  }
}
