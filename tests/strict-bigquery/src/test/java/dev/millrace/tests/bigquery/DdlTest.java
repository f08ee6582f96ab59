package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.ViewDefinition;
import dev.millrace.tests.bigquery.quotas.Limits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DdlTest {
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(settings -> settings.withLimits(Limits.off()));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> columns(String table) throws InterruptedException {
    return fixture.query(
        """
        SELECT column_name, data_type, is_nullable FROM `p.d.INFORMATION_SCHEMA.COLUMNS`
        WHERE table_name = '%s' ORDER BY ordinal_position"""
            .formatted(table));
  }

  @Test
  void createTable_takesTypesModesPartitionsClustersAndOptions() throws Exception {
    fixture.query(
        """
        CREATE TABLE IF NOT EXISTS `p.d.orders` (
          `_dlt_id` STRING NOT NULL OPTIONS(description='its "id", isn\\'t it'),
          total NUMERIC(10, 2),
          received_at TIMESTAMP, -- by Pub/Sub
        )
        PARTITION BY TIMESTAMP_TRUNC(received_at, DAY)
        CLUSTER BY _dlt_id
        OPTIONS(description="Orders", partition_expiration_days=30)""");
    assertThat(columns("orders"))
        .containsExactly(
            "_dlt_id|STRING|NO", "total|NUMERIC(10, 2)|YES", "received_at|TIMESTAMP|YES");
    Table table = fixture.client.getTable("d", "orders");
    StandardTableDefinition definition = table.getDefinition();
    assertThat(table.getDescription()).isEqualTo("Orders");
    assertThat(definition.getSchema().getFields().get("_dlt_id").getDescription())
        .isEqualTo("its \"id\", isn't it");
    assertThat(definition.getTimePartitioning())
        .isEqualTo(
            TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                .setField("received_at")
                .setExpirationMs(Duration.ofDays(30).toMillis())
                .build());
    assertThat(definition.getClustering().getFields()).containsExactly("_dlt_id");
  }

  @Test
  void createTableIfNotExists_leavesWhatIsThere() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING)");
    fixture.query("CREATE TABLE IF NOT EXISTS d.orders (other INT64)");
    assertThat(columns("orders")).containsExactly("id|STRING|YES");
    assertThat(fixture.refusal("CREATE TABLE d.orders (id STRING)").getReason())
        .isEqualTo("duplicate");
  }

  @Test
  void tablesNames_differInCase() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING)");
    fixture.query("CREATE TABLE d.Orders (other INT64)");
    assertThat(columns("Orders")).containsExactly("other|INT64|YES");
    assertThat(fixture.refusal("SELECT * FROM d.ORDERS").getReason()).isEqualTo("notFound");
  }

  @Test
  void addColumn_addsAllOfAStatement_andIsSeenAtOnce() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING)");
    fixture.loaded("before", "orders", "{\"id\":\"a\"}");
    fixture.query(
        """
        ALTER TABLE `p.d.orders`
          ADD COLUMN IF NOT EXISTS total INT64 OPTIONS(description='sum'),
          ADD COLUMN IF NOT EXISTS coupon STRING""");
    fixture.loaded("after", "orders", "{\"id\":\"b\",\"total\":1,\"coupon\":\"x\"}");
    assertThat(fixture.query("SELECT * FROM d.orders ORDER BY id"))
        .containsExactly("a|null|null", "b|1|x");
    assertThat(columns("orders"))
        .containsExactly("id|STRING|YES", "total|INT64|YES", "coupon|STRING|YES");
  }

  @Test
  void addColumn_ofANameInAnotherCase_isRefused_orDoesNothingIfSaidSo() throws Exception {
    fixture.query("CREATE TABLE d.orders (total INT64)");
    assertThat(fixture.refusal("ALTER TABLE d.orders ADD COLUMN Total STRING").getMessage())
        .isEqualTo("Column already exists: Total");
    fixture.query("ALTER TABLE d.orders ADD COLUMN IF NOT EXISTS Total STRING");
    assertThat(columns("orders")).containsExactly("total|INT64|YES");
  }

  @Test
  void addColumn_ofARequiredOne_isRefused_andTheOthersAreNotAdded() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING)");
    BigQueryError error =
        fixture.refusal(
            "ALTER TABLE d.orders ADD COLUMN a STRING, ADD COLUMN total INT64 NOT NULL");
    assertThat(error.getMessage()).contains("Cannot add required fields to an existing schema");
    assertThat(columns("orders")).containsExactly("id|STRING|YES");
  }

  @Test
  void dropNotNull_letsNullsIn() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING NOT NULL)");
    fixture.query("ALTER TABLE d.orders ALTER COLUMN id DROP NOT NULL");
    assertThat(fixture.loaded("load", "orders", "{}").getStatus().getError()).isNull();
    assertThat(fixture.refusal("ALTER TABLE d.orders ALTER COLUMN id DROP NOT NULL").getMessage())
        .contains("does not have a NOT NULL constraint");
  }

  @Test
  void setOptions_changesDescriptionsAndExpiry() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING, day DATE) PARTITION BY day");
    fixture.query("ALTER TABLE d.orders ALTER COLUMN id SET OPTIONS(description='the id')");
    fixture.query("ALTER TABLE d.orders SET OPTIONS(partition_expiration_days=7)");
    StandardTableDefinition definition = fixture.client.getTable("d", "orders").getDefinition();
    assertThat(definition.getSchema().getFields().get("id").getDescription()).isEqualTo("the id");
    assertThat(definition.getTimePartitioning().getExpirationMs())
        .isEqualTo(Duration.ofDays(7).toMillis());
  }

  @Test
  void typesNeverChange() throws Exception {
    fixture.query("CREATE TABLE d.orders (total INT64)");
    assertThat(
            fixture
                .refusal("ALTER TABLE d.orders ALTER COLUMN total SET DATA TYPE STRING")
                .getReason())
        .isEqualTo("notImplemented");
  }

  @Test
  void columnsNames_areUniqueInAnyCase_plainAndNotReserved() {
    for (String columns :
        List.of(
            "a INT64, A STRING",
            "_PARTITIONTIME TIMESTAMP",
            "_table_suffix STRING",
            "__root__x STRING",
            "`a-b` STRING",
            "`1a` STRING",
            "x" + "y".repeat(300) + " STRING")) {
      assertThat(fixture.refusal("CREATE TABLE d.t (" + columns + ")").getReason())
          .as(columns)
          .isEqualTo("invalid");
    }
    assertThat(fixture.refusal("CREATE TABLE d.t (order STRING)").getMessage())
        .startsWith("Syntax error: Expected identifier but got \"order\"");
  }

  @Test
  void aTable_hasAtMost10000Columns() throws Exception {
    StringBuilder columns = new StringBuilder("c0 STRING");
    for (int i = 1; i < 10_000; i++) {
      columns.append(", c").append(i).append(" STRING");
    }
    fixture.query("CREATE TABLE d.wide (" + columns + ")");
    assertThat(fixture.refusal("ALTER TABLE d.wide ADD COLUMN more STRING").getReason())
        .isEqualTo("invalid");
  }

  @Test
  void aTableThatIsMadeAnew_hasAnotherCreationTime_andNoRows() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING)");
    fixture.loaded("load", "orders", "{\"id\":\"a\"}");
    Table first = fixture.client.getTable("d", "orders");
    fixture.query("DROP TABLE d.orders");
    fixture.query("CREATE TABLE d.orders (id STRING)");
    Table second = fixture.client.getTable("d", "orders");
    assertThat(first.getNumRows()).isEqualTo(1);
    assertThat(second.getNumRows()).isZero();
    assertThat(second.getCreationTime()).isNotEqualTo(first.getCreationTime());
  }

  @Test
  void etags_changeWithRowsAndColumns() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING)");
    String created = fixture.client.getTable("d", "orders").getEtag();
    assertThat(fixture.client.getTable("d", "orders").getEtag()).isEqualTo(created);
    fixture.query("ALTER TABLE d.orders ADD COLUMN a STRING");
    String altered = fixture.client.getTable("d", "orders").getEtag();
    assertThat(altered).isNotEqualTo(created);
    fixture.loaded("load", "orders", "{\"id\":\"a\"}");
    assertThat(fixture.client.getTable("d", "orders").getEtag()).isNotEqualTo(altered);
  }

  @Test
  void aView_showsTheTableAsItIsNow() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING)");
    fixture.query("CREATE OR REPLACE VIEW `p.d.seen` AS SELECT * FROM `p.d.orders`");
    fixture.query("ALTER TABLE d.orders ADD COLUMN total INT64");
    fixture.loaded("load", "orders", "{\"id\":\"a\",\"total\":2}");
    assertThat(fixture.query("SELECT id, total FROM `p.d.seen`")).containsExactly("a|2");
    assertThat(columns("seen")).containsExactly("id|STRING|YES");
    fixture.query("CREATE OR REPLACE VIEW `p.d.seen` AS SELECT * FROM `p.d.orders`");
    assertThat(columns("seen")).containsExactly("id|STRING|YES", "total|INT64|YES");
    ViewDefinition definition = fixture.client.getTable("d", "seen").getDefinition();
    assertThat(definition.getQuery()).isEqualTo("SELECT * FROM `p.d.orders`");
  }

  @Test
  void createViewIfNotExists_leavesWhatIsThere() throws Exception {
    fixture.query("CREATE VIEW IF NOT EXISTS d.v AS SELECT 1 AS a");
    fixture.query("CREATE VIEW IF NOT EXISTS d.v AS SELECT 2 AS a");
    assertThat(fixture.query("SELECT a FROM d.v")).containsExactly("1");
    assertThat(fixture.refusal("DROP TABLE d.v").getReason()).isEqualTo("invalid");
  }

  @Test
  void aViewOfWhatIsNotThere_isRefused() {
    assertThat(fixture.refusal("CREATE VIEW d.v AS SELECT * FROM d.nowhere").getReason())
        .isEqualTo("notFound");
  }

  @Test
  void aTableFunction_hasItsArgumentsInPlaceOfItsParameters() throws Exception {
    fixture.query("CREATE TABLE d.orders (id STRING, received_at TIMESTAMP)");
    fixture.loaded(
        "load",
        "orders",
        "{\"id\":\"a\",\"received_at\":\"2026-11-23T00:00:00Z\"}",
        "{\"id\":\"b\",\"received_at\":\"2026-11-24T00:00:00Z\"}");
    fixture.query(
        """
        CREATE OR REPLACE TABLE FUNCTION `p.d.orders_between`(start_at TIMESTAMP, `end` TIMESTAMP)
        AS SELECT * FROM `p.d.orders` WHERE received_at >= start_at AND received_at < `end`""");
    assertThat(
            fixture.query(
                "SELECT o.id FROM `p.d.orders_between`('2026-11-23', TIMESTAMP_ADD(TIMESTAMP '2026-11-23', INTERVAL 1 DAY)) AS o"))
        .containsExactly("a");
    assertThat(fixture.refusal("SELECT * FROM d.orders_between('2026-11-23')").getMessage())
        .contains("Number of arguments does not match");
  }

  @Test
  void dropIfExists_isContentWithout() throws Exception {
    fixture.query("DROP TABLE IF EXISTS d.orders");
    assertThat(fixture.refusal("DROP TABLE d.orders").getReason()).isEqualTo("notFound");
  }

  @Test
  void aScript_runsOneStatementAfterAnother_untilOneFails() throws Exception {
    fixture.query("CREATE TABLE d.a (x STRING); CREATE TABLE d.b (x STRING);");
    assertThat(
            fixture.refusal("CREATE TABLE d.c (x STRING); CREATE TABLE d.a (x STRING)").getReason())
        .isEqualTo("duplicate");
    assertThat(fixture.query("SELECT table_name FROM d.INFORMATION_SCHEMA.TABLES ORDER BY 1"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void aPartitioningColumn_isATimeOfTheTable() {
    assertThat(fixture.refusal("CREATE TABLE d.t (a STRING) PARTITION BY a").getReason())
        .isEqualTo("invalid");
    assertThat(fixture.refusal("CREATE TABLE d.t (a STRING) PARTITION BY DATE(b)").getReason())
        .isEqualTo("invalid");
    assertThat(fixture.refusal("CREATE TABLE d.t (a JSON) CLUSTER BY a").getReason())
        .isEqualTo("invalid");
  }
}
