package dev.millrace.tests.bigquery;

import com.google.cloud.bigquery.*;
import java.time.*;
import org.junit.jupiter.api.*;

class FirstTest {
  Fixture f;

  @BeforeEach
  void open() throws Exception {
    f = new Fixture();
  }

  @AfterEach
  void close() {
    f.close();
  }

  @Test
  void everything() throws Exception {
    f.query(
        "CREATE TABLE IF NOT EXISTS `p.d.orders` (`total` INT64, name STRING NOT NULL OPTIONS(description='the \"name\"'), ts TIMESTAMP, j JSON, n NUMERIC(10, 2), w BIGNUMERIC, b BYTES, f FLOAT64, ok BOOL, d DATE, t TIME) PARTITION BY TIMESTAMP_TRUNC(ts, DAY) CLUSTER BY name OPTIONS(description=\"Orders\", partition_expiration_days=30)");
    Table t = f.client.getTable("d", "orders");
    System.out.println(t + " " + t.getDefinition());
    Job job =
        f.loaded(
            "job1",
            "orders",
            "{\"total\":\"9007199254740993\",\"name\":\"a\",\"ts\":\"2026-11-23T10:00:00.123456Z\",\"j\":{\"x\":[1,2.50]},\"n\":\"1.25\",\"w\":\"123456789012345678901234567890.5\",\"b\":\"AQI=\",\"f\":1.5,\"ok\":true,\"d\":\"2026-01-02\",\"t\":\"10:00:00\"}",
            "{\"name\":\"b\"}");
    System.out.println(job.getStatus() + " " + job.getStatistics());
    System.out.println(f.query("SELECT * FROM `p.d.orders` ORDER BY name"));
    System.out.println(
        f.query(
            "SELECT count(*) FROM d.orders o JOIN `p`.`d`.orders AS o2 ON o.name = o2.name WHERE o.ts >= TIMESTAMP '2026-01-01' OR o.ts IS NULL"));
    System.out.println(
        f.query(
            QueryJobConfiguration.newBuilder(
                    "SELECT name, COUNT(*) c FROM `p.d.orders` WHERE name IN UNNEST(@names) AND total > @x GROUP BY name QUALIFY ROW_NUMBER() OVER (PARTITION BY name ORDER BY name) = 1")
                .addNamedParameter(
                    "names", QueryParameterValue.array(new String[] {"a"}, String.class))
                .addNamedParameter("x", QueryParameterValue.int64(3))
                .build()));
    f.query(
        "ALTER TABLE `p.d.orders` ADD COLUMN IF NOT EXISTS coupon STRING OPTIONS(description='c'), ADD COLUMN IF NOT EXISTS Name STRING");
    f.query("ALTER TABLE `p.d.orders` ALTER COLUMN name DROP NOT NULL");
    f.query(
        "CREATE OR REPLACE VIEW `p.d.v` AS SELECT * FROM `p.d.orders` QUALIFY ROW_NUMBER() OVER (PARTITION BY name ORDER BY ts) = 1");
    f.query(
        "CREATE OR REPLACE TABLE FUNCTION `p.d.orders_between`(a TIMESTAMP, b TIMESTAMP) AS SELECT * FROM `p.d.orders` WHERE ts >= a AND ts < b");
    System.out.println(
        f.query(
            "SELECT name FROM `p.d.orders_between`(TIMESTAMP '2026-11-23', TIMESTAMP '2026-11-24')"));
    System.out.println(f.query("SELECT v.name, v.coupon FROM `p.d.v` AS v"));
    System.out.println(
        f.query(
            "SELECT table_name, column_name, data_type, is_nullable FROM `p.d.INFORMATION_SCHEMA.COLUMNS` WHERE table_name = 'orders'"));
    System.out.println(
        f.query("SELECT table_name, table_type FROM `p`.d.INFORMATION_SCHEMA.TABLES"));
    System.out.println(
        Fixture.texts(f.client.listTableData(TableId.of("d", "orders")).iterateAll()));
    System.out.println(f.refusal("SELECT * FROM `p.d.nope`"));
    System.out.println(f.refusal("SELEC"));
    try {
      f.loaded("job1", "orders", "{}");
    } catch (BigQueryException e) {
      System.out.println(e.getError() + " " + e.getCode());
    }
    System.out.println(f.loaded("job2", "orders", "{}", "{\"foo\":1}").getStatus());
    System.out.println(
        f.run("job3", Fixture.load("orders", "gs://staging/none").build()).getStatus());
    System.out.println(
        f.run("job4", Fixture.load("none", "gs://staging/job1.jsonl").build()).getStatus());
    Job q =
        f.client.create(
            JobInfo.of(JobId.of("q1"), QueryJobConfiguration.of("SELECT total, ts FROM d.orders")));
    System.out.println(Fixture.texts(q.getQueryResults().iterateAll()));
    System.out.println(
        f.client.getDataset("nope")
            + " "
            + f.client.getTable("d", "nope")
            + " "
            + f.client.getJob("nope"));
    f.server.calls().forEach(c -> System.out.println(c));
    long t0 = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      f.loaded(
          "perf" + i, "orders", "{\"total\":1,\"name\":\"x\"}".repeat(1).concat("\n").repeat(300));
      f.clock.advance(Duration.ofSeconds(1));
    }
    System.out.println(
        "50 loads of 300 rows ms "
            + (System.nanoTime() - t0) / 1000000
            + " "
            + f.query("SELECT count(*) FROM d.orders"));
  }
}
