package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.QueryResultsOption;
import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {
  private static Fixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new Fixture();
    fixture.query(
        "CREATE TABLE d.orders (id STRING, total INT64, received_at TIMESTAMP, payload JSON)");
    fixture.loaded(
        "load",
        "orders",
        "{\"id\":\"a\",\"total\":1,\"received_at\":\"2026-11-23T10:00:00Z\",\"payload\":{\"x\":\"y\"}}",
        "{\"id\":\"a\",\"total\":2,\"received_at\":\"2026-11-24T11:00:00Z\"}",
        "{\"id\":\"b\",\"total\":3}");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "SELECT COUNT(*) FROM `p.d.orders` ~ 3",
        "SELECT COUNT(*) FROM p.d.orders AS o ~ 3",
        "SELECT COUNT(*) FROM `p`.`d`.`orders` ~ 3",
        "SELECT orders.total FROM d.orders WHERE orders.id = \"b\" ~ 3",
        "SELECT SUM(total) FROM d.orders GROUP BY id HAVING COUNT(*) > 1 ~ 3",
        "SELECT COUNT(*) FROM d.orders a JOIN d.orders b USING (id) ~ 5",
        "SELECT COUNT(*) FROM d.orders a, d.orders b ~ 9",
        "SELECT COUNT(*) FROM d.orders a LEFT JOIN d.orders b ON a.id = b.id AND b.total > 2 ~ 3",
        "SELECT total FROM d.orders QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY total DESC) = 1 AND id = 'a' ~ 2",
        "WITH o AS (SELECT * FROM d.orders), c AS (SELECT COUNT(*) AS n FROM o) SELECT n FROM c ~ 3",
        "SELECT COUNT(*) FROM (SELECT DISTINCT id FROM d.orders) ~ 2",
        "SELECT COUNT(*) FROM d.orders WHERE id IN UNNEST(['b', 'c']) ~ 1",
        "SELECT COUNT(*) FROM d.orders WHERE id IN (SELECT id FROM d.orders WHERE total = 1) ~ 2",
        "SELECT COUNTIF(received_at IS NULL) FROM d.orders ~ 1",
        "SELECT total FROM d.orders WHERE received_at >= TIMESTAMP '2026-11-24 00:00:00+00' ~ 2",
        "SELECT total FROM d.orders WHERE DATE(received_at) = '2026-11-23' ~ 1",
        "SELECT total FROM d.orders WHERE TIMESTAMP_TRUNC(received_at, DAY) = TIMESTAMP('2026-11-24') ~ 2",
        "SELECT TIMESTAMP_DIFF(MAX(received_at), MIN(received_at), HOUR) FROM d.orders ~ 25",
        "SELECT EXTRACT(HOUR FROM received_at) FROM d.orders WHERE total = 2 ~ 11",
        "SELECT id IS DISTINCT FROM 'a' FROM d.orders WHERE total = 3 ~ true",
        "SELECT * EXCEPT (received_at, payload) FROM d.orders WHERE total = 3 ~ b|3",
        "SELECT total FROM d.orders ORDER BY received_at LIMIT 1 ~ 3",
        "SELECT JSON_VALUE(payload, '$.x') FROM d.orders WHERE payload IS NOT NULL ~ y",
        "SELECT CAST(total AS STRING) || '!' FROM d.orders WHERE total = 3 ~ 3!",
        "SELECT SAFE_CAST(id AS INT64) FROM d.orders WHERE total = 3 ~ null",
        "SELECT x FROM UNNEST([1, 2]) AS x WHERE x > 1 ~ 2",
        "SELECT IF(1 < 2, r'\\d', 'x') ~ \\d",
        "SELECT 'it\\'s' ~ it's",
        "SELECT COUNT(*) FROM d.orders -- all of them ~ 3",
        "SELECT o.table FROM (SELECT id AS table FROM d.orders WHERE total = 3) AS o ~ b",
      })
  void googleSql_givesWhatItGivesInBigQuery(String sql, String expected) throws Exception {
    assertThat(fixture.query(sql)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "SELECT * FROM d.nowhere ~ notFound",
        "SELECT * FROM nowhere.orders ~ notFound",
        "SELECT * FROM orders ~ invalid",
        "SELECT nope FROM d.orders ~ invalidQuery",
        "SELECT id::STRING FROM d.orders ~ invalidQuery",
        "SELECT epoch_us(received_at) FROM d.orders ~ invalidQuery",
        "SELECT id, id FROM d.orders ~ invalidQuery",
        "SELECT @missing ~ invalidQuery",
        "SELECT 'open ~ invalidQuery",
        "SELEC 1 ~ invalidQuery",
        "MERGE d.orders USING d.orders ~ notImplemented",
      })
  void whatBigQueryRefuses_isRefusedWithItsReason(String sql, String reason) {
    assertThat(fixture.refusal(sql).getReason()).isEqualTo(reason);
  }

  @Test
  void namedParameters_areFilledIn() throws Exception {
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder(
                "SELECT total FROM d.orders WHERE id IN UNNEST(@ids) AND total > @least AND received_at < @before")
            .addNamedParameter(
                "ids", QueryParameterValue.array(new String[] {"a'", "a"}, String.class))
            .addNamedParameter("least", QueryParameterValue.int64(0))
            .addNamedParameter(
                "before", QueryParameterValue.timestamp("2026-11-24 00:00:00.000000+00:00"))
            .build();
    assertThat(Jobs.query(fixture.client, query)).containsExactly("1");
  }

  @Test
  void aDefaultDataset_completesNames() throws Exception {
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder("SELECT COUNT(*) FROM orders")
            .setDefaultDataset("d")
            .build();
    assertThat(Jobs.query(fixture.client, query)).containsExactly("3");
  }

  @Test
  void expressionsWithoutAnAlias_areNamedByTheirPlaceAmongThem() throws Exception {
    TableResult result =
        fixture.client.query(
            QueryJobConfiguration.of("SELECT COUNT(*), 1 AS one, MAX(id) FROM d.orders"));
    assertThat(result.getSchema().getFields().stream().map(field -> field.getName()))
        .containsExactly("f0_", "one", "f1_");
  }

  @Test
  void aQueryJob_keepsItsResult_andItsPages() throws Exception {
    Job job =
        fixture.client.create(
            JobInfo.of(
                JobId.of("query"),
                QueryJobConfiguration.of("SELECT total FROM d.orders ORDER BY total")));
    TableResult pages = job.getQueryResults(QueryResultsOption.pageSize(2));
    assertThat(Jobs.texts(pages.iterateAll())).containsExactly("1", "2", "3");
  }

  @Test
  void aQuery_hasItsPages() throws Exception {
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder("SELECT total FROM d.orders ORDER BY total")
            .setMaxResults(2L)
            .build();
    assertThat(Jobs.query(fixture.client, query)).containsExactly("1", "2", "3");
  }

  @Test
  void aRepeatedRequestId_isAnsweredFromTheFirst() throws Exception {
    String body =
        "{\"query\":\"CREATE TABLE d.once (id STRING)\",\"useLegacySql\":false,\"requestId\":\"r1\"}";
    for (int i = 0; i < 2; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(fixture.server.host() + "/bigquery/v2/projects/p/queries"))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    }
    fixture.query("DROP TABLE d.once");
  }

  @Test
  void aQueryJobThatFails_saysSoInItsStatus() {
    Job job =
        Jobs.start(fixture.client, "bad-query", QueryJobConfiguration.of("SELECT * FROM d.nope"));
    assertThat(Jobs.done(fixture.client, job).getStatus().getError().getReason())
        .isEqualTo("notFound");
  }

  @Test
  void tableData_isListedInPages_andInTheColumnsAskedFor() {
    TableResult pages =
        fixture.client.listTableData(TableId.of("d", "orders"), TableDataListOption.pageSize(2));
    assertThat(pages.getTotalRows()).isEqualTo(3);
    assertThat(Jobs.texts(pages.getValues())).hasSize(2);
    assertThat(Jobs.texts(pages.iterateAll()))
        .containsExactly(
            "a|1|1795428000.000000|{\"x\":\"y\"}", "a|2|1795518000.000000|null", "b|3|null|null");
  }

  @Test
  void tables_areListedByName() throws Exception {
    fixture.query("CREATE TABLE d.another (id STRING)");
    List<String> names =
        fixture
            .client
            .listTables("d")
            .streamAll()
            .map(each -> each.getTableId().getTable())
            .toList();
    assertThat(names).containsExactly("another", "orders");
  }
}
