package dev.millrace.cli.show;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a dataset's own tables say about its loads. */
public final class Loads {
  private static final String BATCHES =
      """
      select load_id, object, state, concat_ws(': ', code, detail), events_read, events_loaded,
             events_duplicate, events_bad
      from _millrace_batches
      """;

  private final Connection connection;

  /** Asks through an open connection whose schema is the dataset. */
  public Loads(Connection connection) {
    this.connection = connection;
  }

  /**
   * One outcome of a batch.
   *
   * @param state {@code loaded} or {@code failed}
   * @param detail for a failed one, its code and what was wrong; else null
   */
  public record Batch(String loadId, String object, String state, String detail, Account account) {}

  /**
   * The first bad event of a reason in a batch.
   *
   * @param count of this reason in the batch
   * @param messageNumber which message of the batch, from 0; 0 in text
   * @param byteOffset where it begins in the message or text
   */
  public record FirstBad(
      String reason,
      long count,
      String loadId,
      long messageNumber,
      long byteOffset,
      String detail) {}

  /** Every outcome of every batch, in the order of their load ids, which is that of time. */
  public List<Batch> batches() throws SQLException {
    return list(BATCHES + " order by load_id, recorded_at", Loads::batch);
  }

  /** The latest outcome of a batch object, if it has one. */
  public Optional<Batch> batch(String object) throws SQLException {
    return list(
            BATCHES + " where object = ? order by recorded_at desc limit 1", Loads::batch, object)
        .stream()
        .findFirst();
  }

  /** The event tables, root and child, with their numbers of rows, by name. */
  public Map<String, Long> tables() throws SQLException {
    List<String> names =
        list(
            """
            select table_name from information_schema.tables
            where table_schema = current_schema() and table_type = 'BASE TABLE'
              and not starts_with(table_name, '_dlt') and not starts_with(table_name, '_millrace')
            order by table_name
            """,
            row -> row.getString(1));
    Map<String, Long> rows = new LinkedHashMap<>();
    for (String name : names) {
      rows.put(name, list("select count(*) from " + quoted(name), row -> row.getLong(1)).get(0));
    }
    return rows;
  }

  /**
   * What the batches added to the schema, in their order.
   *
   * @param labels what a person calls the batch of a load id
   */
  public List<Change> changes(Map<String, String> labels) throws SQLException {
    return list(
        """
        select load_id, kind, table_name, column_name, from_type, to_type
        from _millrace_schema_changes
        order by load_id, kind <> 'new-table', table_name, column_name
        """,
        row ->
            new Change(
                labels.getOrDefault(row.getString(1), row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6)));
  }

  /** The first bad event of each reason in one batch. */
  public List<FirstBad> badEvents(String loadId) throws SQLException {
    return list(
        """
        select reason, events, load_id, message_number, byte_offset, detail
        from (select *, count(*) over (partition by reason) as events,
                     row_number() over (partition by reason order by message_number, byte_offset) as n
              from _millrace_bad_events where load_id = ?)
        where n = 1 order by events desc, reason
        """,
        row ->
            new FirstBad(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getString(6)),
        loadId);
  }

  /**
   * The {@code messageId} of every event, without those that were loaded twice.
   *
   * @param uniqueSchema the schema of the views with one row per event
   */
  public Set<String> messageIds(String uniqueSchema) throws SQLException {
    List<String> tables =
        list(
            """
            select table_name from information_schema.columns
            where table_schema = ? and column_name = 'message_id'
              and not starts_with(table_name, '_millrace')
            """,
            row -> row.getString(1),
            uniqueSchema);
    Set<String> ids = new HashSet<>();
    for (String table : tables) {
      ids.addAll(
          list(
              "select message_id from %s.%s where message_id is not null"
                  .formatted(quoted(uniqueSchema), quoted(table)),
              row -> row.getString(1)));
    }
    return ids;
  }

  /** The answer to any query, as a table. */
  public TextTable query(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> headings = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        headings.add(rows.getMetaData().getColumnLabel(i));
      }
      TextTable table = new TextTable(headings);
      while (rows.next()) {
        List<Object> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(rows.getObject(i));
        }
        table.row(cells);
      }
      return table;
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static Batch batch(ResultSet row) throws SQLException {
    Account account = new Account(row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8));
    return new Batch(
        row.getString(1), row.getString(2), row.getString(3), row.getString(4), account);
  }

  @FunctionalInterface
  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String sql, Row<T> row, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      List<T> all = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(row.of(rows));
        }
      }
      return all;
    }
  }
}
