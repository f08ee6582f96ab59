package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import dev.millrace.tests.bigquery.quotas.Limits;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DELETE, UPDATE and INSERT, positional parameters, and what a dry run tells. */
class DmlTest {
  private static final String[] ALL = {"a|1|2026-11-23 10:00:00+00", "b|2|null", "c|null|null"};

  private static Fixture fixture;
  private static int loads;

  @BeforeAll
  static void open() throws Exception {
    fixture = new Fixture(settings -> settings.withLimits(Limits.off()));
  }

  @BeforeEach
  void makeOrders() throws Exception {
    fixture.query(
        "CREATE OR REPLACE TABLE d.orders (id STRING NOT NULL, total INT64, at_time TIMESTAMP)");
    fixture.loaded(
        "load" + ++loads,
        "orders",
        "{\"id\":\"a\",\"total\":1,\"at_time\":\"2026-11-23T10:00:00Z\"}",
        "{\"id\":\"b\",\"total\":2}",
        "{\"id\":\"c\"}");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "DELETE FROM d.orders WHERE total = 1 ~ 1 ~ b|2,c|null",
        "DELETE d.orders WHERE orders.total > 0 ~ 2 ~ c|null",
        "DELETE FROM `p.d.orders` AS o WHERE o.id IN ('a', 'x') ~ 1 ~ b|2,c|null",
        "DELETE FROM d.orders o WHERE o.total = (SELECT MAX(total) FROM d.orders) ~ 1 ~ a|1,c|null",
        "DELETE FROM d.orders WHERE FALSE ~ 0 ~ a|1,b|2,c|null",
        "UPDATE d.orders SET total = total + 1 WHERE total IS NOT NULL ~ 2 ~ a|2,b|3,c|null",
        "UPDATE d.orders o SET total = 0, at_time = NULL WHERE o.id = 'a' ~ 1 ~ a|0,b|2,c|null",
        "INSERT INTO d.orders (id, total) VALUES ('d', 4), ('e', NULL) ~ 2 ~ a|1,b|2,c|null,d|4,e|null",
        "INSERT d.orders (id) SELECT CONCAT(id, '2') FROM d.orders WHERE total = 2 ~ 1 ~ a|1,b|2,b2|null,c|null",
      })
  void aStatement_changesTheRowsItNames_andSaysHowMany(String sql, long changed, String rows)
      throws Exception {
    assertThat(run(QueryJobConfiguration.of(sql)).getNumDmlAffectedRows()).isEqualTo(changed);
    assertThat(fixture.query("SELECT id, total FROM d.orders ORDER BY id"))
        .containsExactly(rows.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "DELETE FROM d.orders ~ invalidQuery",
        "UPDATE d.orders SET total = 1 ~ invalidQuery",
        "DELETE FROM d.nowhere WHERE TRUE ~ notFound",
        "DELETE FROM d.orders WHERE nope = 1 ~ invalidQuery",
        "UPDATE d.orders SET id = NULL WHERE id = 'a' ~ invalidQuery",
        "INSERT INTO d.orders (total) VALUES (1) ~ invalidQuery",
        "UPDATE d.orders SET total = 1 FROM d.orders o WHERE TRUE ~ notImplemented",
      })
  void whatBigQueryRefuses_changesNothing(String sql, String reason) throws Exception {
    assertThat(fixture.refusal(sql).getReason()).isEqualTo(reason);
    assertThat(
            fixture.query(
                "SELECT id, total, CAST(at_time AS STRING) AS at FROM d.orders ORDER BY id"))
        .containsExactly(ALL);
  }

  @Test
  void positionalParameters_areFilledInInTheirOrder() throws Exception {
    QueryJobConfiguration delete =
        QueryJobConfiguration.newBuilder("DELETE FROM d.orders WHERE id IN (?, ?) OR total = ?")
            .addPositionalParameter(QueryParameterValue.string("a"))
            .addPositionalParameter(QueryParameterValue.string("it's"))
            .addPositionalParameter(QueryParameterValue.int64(2))
            .build();
    assertThat(run(delete).getNumDmlAffectedRows()).isEqualTo(2);
    assertThat(fixture.query("SELECT id FROM d.orders")).containsExactly("c");
  }

  @Test
  void aDryRun_tellsTheBytesAndTables_andDoesNothing() throws Exception {
    QueryStatistics told =
        run(
            QueryJobConfiguration.newBuilder("DELETE FROM d.orders WHERE id = 'a'")
                .setDryRun(true)
                .build());
    // Three ids of one byte and two for the length; two integers and a timestamp of eight.
    assertThat(told.getTotalBytesProcessed()).isEqualTo(3 * 3 + 3 * 8);
    assertThat(told.getReferencedTables())
        .extracting(table -> table.getTable())
        .isEqualTo(List.of("orders"));
    assertThat(fixture.query("SELECT COUNT(*) FROM d.orders")).containsExactly("3");
  }

  @Test
  void aDryRun_isRefusedAsTheStatementWouldBe() {
    assertThat(
            Fixture.refusal(
                    () ->
                        run(
                            QueryJobConfiguration.newBuilder("SELECT nope FROM d.orders")
                                .setDryRun(true)
                                .build()))
                .getReason())
        .isEqualTo("invalidQuery");
  }

  private QueryStatistics run(QueryJobConfiguration query) throws InterruptedException {
    Job job = fixture.client.create(JobInfo.of(query));
    return (query.dryRun() != null && query.dryRun() ? job : Jobs.done(fixture.client, job))
        .getStatistics();
  }
}
