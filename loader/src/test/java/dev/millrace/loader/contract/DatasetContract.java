package dev.millrace.loader.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.system.RowLine;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.DataType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every dataset promises, by the system tables that every warehouse has. */
public abstract class DatasetContract {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123456Z");
  private static final byte[] RAW = {0, (byte) 0xff, '\'', '\\', '\n'};
  private static final String BAD = "_millrace_bad_events";
  private static final String BATCHES = "_millrace_batches";

  /** A warehouse whose dataset is empty. */
  protected abstract Warehouse warehouse() throws IOException;

  private Dataset withRows() throws IOException {
    Warehouse warehouse = warehouse();
    warehouse.record(List.of(bad("a", 1, true), bad("b'\\\"`", 2, false), bad("c", null, true)));
    warehouse.record(List.of(batch("1.0"), batch("2.0")));
    return warehouse.dataset();
  }

  private static SystemRows bad(String reason, Integer number, boolean partial) {
    RowLine row =
        new RowLine()
            .timestamp("received_at", NOON)
            .text("load_id", "1.0")
            .text("bucket", "b")
            .text("object", "o")
            .number("generation", 1)
            .text("reason", reason)
            .text("detail", "d")
            .bool("partial", partial)
            .number("raw_bytes", RAW.length)
            .text("raw_sha256", "00")
            .binary("raw", RAW);
    if (number != null) {
      row.number("message_number", number);
    }
    return new SystemRows(SystemTables.BAD_EVENTS, row.toBytes(), List.of(), 1, reason, null);
  }

  private static SystemRows batch(String loadId) {
    RowLine row =
        new RowLine()
            .timestamp("recorded_at", NOON)
            .text("load_id", loadId)
            .text("bucket", "b")
            .text("object", "o")
            .number("generation", 1)
            .text("state", "loaded")
            .json("rows_loaded", Map.of("orders", 7));
    return new SystemRows(SystemTables.BATCHES, row.toBytes(), List.of(), 1, loadId, null);
  }

  private static List<String> texts(Dataset dataset, String sql, Object... values)
      throws IOException {
    List<String> texts = new ArrayList<>();
    dataset.query(sql, List.of(values), row -> texts.add(row.text(0)));
    return texts;
  }

  @Test
  void tables_ofAnEmptyDataset_areNone() throws IOException {
    assertThat(warehouse().dataset().tables()).isEmpty();
  }

  @Test
  void tables_haveTheirRowsAndColumns_andViewsAreNone() throws IOException {
    Map<String, TableInfo> tables = withRows().tables();

    assertThat(List.copyOf(tables.keySet())).contains(BAD, BATCHES).isSorted();
    assertThat(tables.get(BAD).rows()).isEqualTo(3);
    assertThat(tables.get(BATCHES).rows()).isEqualTo(2);
    List<String> expected =
        SystemTables.BAD_EVENTS.columns().stream()
            .map(column -> column.name() + " " + column.type() + " " + column.nullable())
            .toList();
    assertThat(tables.get(BAD).columns())
        .extracting(column -> column.name() + " " + column.type() + " " + column.nullable())
        .isEqualTo(expected);
  }

  @Test
  void tables_tellDescriptionsAndTypesOfColumns() throws IOException {
    Map<String, ColumnInfo> columns =
        withRows().tables().get(BATCHES).columns().stream()
            .collect(Collectors.toMap(ColumnInfo::name, column -> column));

    assertThat(columns.get("load_id").description())
        .isEqualTo("The batch's load id, as in _dlt_load_id");
    assertThat(columns.get("rows_loaded").type()).isEqualTo(DataType.JSON);
    assertThat(columns.get("rows_loaded").physicalType()).isEqualTo("JSON");
  }

  @Test
  void query_givesValuesOfEveryKind() throws IOException {
    Dataset dataset = withRows();
    List<Object> values = new ArrayList<>();

    dataset.query(
        "SELECT reason, message_number, partial, received_at, raw, table_name FROM %s WHERE reason = ?"
            .formatted(dataset.table(BAD)),
        List.of("a"),
        row -> {
          values.add(row.text(0));
          values.add(row.number(1));
          values.add(row.text(1));
          values.add(row.real(1));
          values.add(row.truth(2));
          values.add(row.text(2));
          values.add(row.time(3));
          values.add(row.text(3));
          values.add(row.text(4));
          assertThat(row.bytes(4)).isEqualTo(RAW);
          assertThat(row.text(5)).isNull();
        });

    assertThat(values)
        .containsExactly(
            "a", 1L, "1", 1.0, true, "true", NOON, "2026-11-26T12:00:00.123456Z", "AP8nXAo=");
  }

  @Test
  void query_givesNullForWhatIsNotThere() throws IOException {
    Dataset dataset = withRows();

    dataset.query(
        "SELECT message_number, code, committed_at FROM %s, (SELECT message_number FROM %s WHERE reason = ?) AS b"
            .formatted(dataset.table(BATCHES), dataset.table(BAD)),
        List.of("c"),
        row -> {
          assertThat(row.text(0)).isNull();
          assertThat(row.number(0)).isNull();
          assertThat(row.real(0)).isNull();
          assertThat(row.text(1)).isNull();
          assertThat(row.time(2)).isNull();
        });
  }

  @Test
  void query_takesValuesOfEveryKind() throws IOException {
    Dataset dataset = withRows();
    String select = "SELECT reason FROM " + dataset.table(BAD) + " WHERE ";

    assertThat(texts(dataset, select + "reason = ?", "b'\\\"`")).hasSize(1);
    assertThat(texts(dataset, select + "message_number = ?", 2L)).containsExactly("b'\\\"`");
    assertThat(texts(dataset, select + "message_number < ?", 1.5)).containsExactly("a");
    assertThat(texts(dataset, select + "partial = ? ORDER BY reason", true))
        .containsExactly("a", "c");
    assertThat(texts(dataset, select + "received_at = ? AND reason = ?", NOON, "a")).hasSize(1);
    assertThat(texts(dataset, select + "received_at > ?", NOON)).isEmpty();
    assertThat(texts(dataset, select + "raw = ?", RAW)).hasSize(3);
    assertThat(texts(dataset, select + "reason IN (?, ?) ORDER BY reason", "c", "a"))
        .containsExactly("a", "c");
  }

  @Test
  void query_addsUpAndCounts() throws IOException {
    Dataset dataset = withRows();
    List<Long> numbers = new ArrayList<>();

    dataset.query(
        "SELECT count(*), sum(message_number), sum(CASE WHEN partial THEN 1 ELSE 0 END) FROM "
            + dataset.table(BAD),
        List.of(),
        row -> {
          for (int i = 0; i < 3; i++) {
            numbers.add(row.number(i));
          }
        });

    assertThat(numbers).containsExactly(3L, 3L, 2L);
  }

  @Test
  void query_readsViewsToo() throws IOException {
    Dataset dataset = withRows();

    assertThat(texts(dataset, "SELECT load_id FROM " + dataset.unique(BATCHES))).hasSize(1);
  }

  @Test
  void query_ofWhatIsNotThere_fails() throws IOException {
    Dataset dataset = withRows();

    assertThatThrownBy(() -> texts(dataset, "SELECT 1 FROM " + dataset.table("nowhere")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> texts(dataset, "SELECT nope FROM " + dataset.table(BAD)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void query_whoseVisitorFails_failsWithThat() throws IOException {
    Dataset dataset = withRows();
    IOException failure = new IOException("enough");

    assertThatThrownBy(
            () ->
                dataset.query(
                    "SELECT 1 AS one FROM " + dataset.table(BAD),
                    List.of(),
                    row -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void change_tellsHowManyRows_andIsDone() throws IOException {
    Dataset dataset = withRows();
    String bad = dataset.table(BAD);

    assertThat(dataset.change("UPDATE " + bad + " SET detail = ? WHERE partial", List.of("new")))
        .isEqualTo(2);
    assertThat(dataset.change("DELETE FROM " + bad + " WHERE reason = ?", List.of("a")))
        .isEqualTo(1);
    assertThat(dataset.change("DELETE FROM " + bad + " WHERE reason = ?", List.of("a"))).isZero();

    assertThat(texts(dataset, "SELECT detail FROM " + bad + " ORDER BY detail"))
        .containsExactly("d", "new");
    assertThat(dataset.tables().get(BAD).rows()).isEqualTo(2);
  }

  @Test
  void change_thatFails_changesNothing() throws IOException {
    Dataset dataset = withRows();

    assertThatThrownBy(
            () ->
                dataset.change(
                    "UPDATE " + dataset.table(BAD) + " SET reason = NULL WHERE partial", List.of()))
        .isInstanceOf(IOException.class);
    assertThat(texts(dataset, "SELECT reason FROM " + dataset.table(BAD) + " ORDER BY reason"))
        .containsExactly("a", "b'\\\"`", "c");
  }
}
