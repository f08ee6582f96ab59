package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Field.Mode;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What BigQuery does and every stand-in for it must do: tables of every type, newline JSON from
 * several objects, queries. Each subclass runs it against one of them.
 */
abstract class BigQueryContract {
  private static final Schema SCHEMA =
      Schema.of(
          Field.newBuilder("id", StandardSQLTypeName.STRING).setMode(Mode.REQUIRED).build(),
          Field.of("total", StandardSQLTypeName.INT64),
          Field.of("price", StandardSQLTypeName.FLOAT64),
          Field.of("paid", StandardSQLTypeName.BOOL),
          Field.of("at_time", StandardSQLTypeName.TIMESTAMP),
          Field.of("on_day", StandardSQLTypeName.DATE),
          Field.of("amount", StandardSQLTypeName.NUMERIC));
  private static final String FIRST =
      "{\"id\":\"a\",\"total\":\"9007199254740993\",\"price\":1.5,\"paid\":true,"
          + "\"at_time\":\"2026-11-23T10:00:00.123456Z\",\"on_day\":\"2026-11-23\",\"amount\":\"1.25\"}";

  /** One stand-in may serve all tests, so datasets and jobs are named anew in each. */
  private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);

  private final String dataset = "contract_" + run;
  private BigQuery client;

  /** Google's client to the stand-in. */
  abstract BigQuery client() throws Exception;

  /** Stores an object where the stand-in reads {@code gs://} and returns its URI. */
  abstract String put(String name, String... lines);

  @BeforeEach
  void createDataset() throws Exception {
    client = client();
    client.create(DatasetInfo.of(dataset));
  }

  private TableId createTable() {
    TableId table = TableId.of(dataset, "orders");
    client.create(TableInfo.of(table, StandardTableDefinition.of(SCHEMA)));
    return table;
  }

  private void load(TableId table, String... uris) {
    Jobs.done(client, Jobs.start(client, "load_" + run, Jobs.load(table, List.of(uris))));
  }

  private List<String> query(String sql) throws InterruptedException {
    return Jobs.query(client, sql);
  }

  @Test
  void whatIsMissing_isNull() {
    assertThat(client.getDataset("nowhere")).isNull();
    assertThat(client.getTable("nowhere", "orders")).isNull();
    assertThat(client.getTable(dataset, "nowhere")).isNull();
    assertThat(client.getJob("nowhere")).isNull();
  }

  @Test
  void aTable_isFoundWithItsSchema_untilItIsDeleted() {
    TableId id = createTable();
    Table table = client.getTable(id);
    List<String> types = new ArrayList<>();
    table
        .getDefinition()
        .<StandardTableDefinition>getSchema()
        .getFields()
        .forEach(field -> types.add(field.getName() + " " + field.getType().getStandardType()));
    assertThat(types)
        .containsExactly(
            "id STRING",
            "total INT64",
            "price FLOAT64",
            "paid BOOL",
            "at_time TIMESTAMP",
            "on_day DATE",
            "amount NUMERIC");
    List<String> names = new ArrayList<>();
    client
        .listTables(dataset)
        .iterateAll()
        .forEach(each -> names.add(each.getTableId().getTable()));
    assertThat(names).containsExactly("orders");
    assertThat(client.delete(id)).isTrue();
    assertThat(client.getTable(id)).isNull();
    assertThat(client.delete(id)).isFalse();
  }

  @Test
  void aTable_isCreatedOnce() {
    createTable();
    assertThatThrownBy(this::createTable)
        .isInstanceOfSatisfying(
            BigQueryException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void aLoad_keepsValuesExactly() throws Exception {
    TableId table = createTable();
    load(table, put("a.jsonl", FIRST));
    assertThat(
            query(
                "SELECT id, total, price, paid, UNIX_MICROS(at_time) AS micros, on_day, amount FROM `"
                    + dataset
                    + ".orders`"))
        .containsExactly("a|9007199254740993|1.5|true|1795428000123456|2026-11-23|1.25");
  }

  @Test
  void aLoadOfSeveralObjects_hasTheRowsOfAll() throws Exception {
    TableId table = createTable();
    load(
        table,
        put("a.jsonl", FIRST, "{\"id\":\"b\"}"),
        put("b.jsonl", "{\"id\":\"c\",\"total\":1}"));
    assertThat(query("SELECT id, total FROM `" + dataset + ".orders` ORDER BY id"))
        .containsExactly("a|9007199254740993", "b|null", "c|1");
  }

  @Test
  void qualify_picksOneRowOfEach() throws Exception {
    TableId table = createTable();
    load(
        table,
        put(
            "a.jsonl",
            "{\"id\":\"a\",\"total\":1}",
            "{\"id\":\"a\",\"total\":2}",
            "{\"id\":\"b\",\"total\":3}"));
    assertThat(
            query(
                "SELECT id, total FROM `"
                    + dataset
                    + ".orders` WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY total DESC) = 1 ORDER BY id"))
        .containsExactly("a|2", "b|3");
  }

  @Test
  void informationSchema_listsColumnsInOrder() throws Exception {
    createTable();
    assertThat(
            query(
                "SELECT column_name, data_type FROM `"
                    + dataset
                    + "`.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'orders' ORDER BY ordinal_position LIMIT 2"))
        .containsExactly("id|STRING", "total|INT64");
  }
}
