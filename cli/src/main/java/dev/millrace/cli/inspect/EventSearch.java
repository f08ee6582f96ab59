package dev.millrace.cli.inspect;

import static dev.millrace.cli.inspect.LoadedDataset.ID;
import static dev.millrace.cli.inspect.LoadedDataset.PARENT_ID;
import static dev.millrace.cli.inspect.LoadedDataset.RECEIVED_AT;

import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.normalizer.schema.DataType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks for the rows of an event by their ids: root rows in all root tables, and from there down to
 * the rows of child tables.
 */
final class EventSearch {
  /** How deep rows can lie in one another, and more. */
  private static final int DEEPEST = 1_000;

  private static final int IDS = 990;

  private static final String MESSAGE_ID = "message_id";

  /** A column of messageIds has one of these; another is something else. */
  private static final Set<DataType> ID_TYPES = EnumSet.of(DataType.TEXT, DataType.BIGINT);

  private final LoadedDataset dataset;
  private final Map<String, String> parents;
  private final Instant since;
  private final Union union;

  /**
   * @param parents of child tables, as the schema tells them
   * @param since no row that was received before is looked for; null for all
   */
  EventSearch(LoadedDataset dataset, Map<String, String> parents, Instant since) {
    this.dataset = dataset;
    this.parents = parents;
    this.since = since;
    this.union = new Union(dataset.dataset());
  }

  /** What looking for root rows would be billed, in bytes; 0 where nothing is. */
  long billedBytes(Collection<String> ids) throws IOException {
    Where where = byId(ids);
    return union.billedBytes(dataset.roots(), select(where), where.values());
  }

  /** Root rows with one of the ids, in the order in which they were received. */
  List<EventRow> roots(Collection<String> ids) throws IOException {
    List<EventRow> roots = new ArrayList<>(find(dataset.roots(), byId(ids)));
    roots.sort(Comparator.comparing(EventRow::received, Comparator.nullsLast(Instant::compareTo)));
    return roots;
  }

  /**
   * The same root rows with the messageIds of their events, as far as their tables tell them. They
   * are asked for apart, where it is known when the rows were received: a search for rows reads
   * whole columns.
   */
  List<EventRow> withMessageIds(List<EventRow> roots) throws IOException {
    if (roots.isEmpty()) {
      return roots;
    }
    Set<String> names = roots.stream().map(EventRow::table).collect(Collectors.toSet());
    List<TableInfo> tables =
        dataset.roots().stream()
            .filter(table -> names.contains(table.name()) && hasMessageIds(table))
            .toList();
    Map<String, String> messageIds = new HashMap<>();
    List<String> ids = roots.stream().map(EventRow::id).distinct().toList();
    Where where = receivedWith(new Where().in(ID, ids), roots);
    union.query(
        tables,
        table ->
            "%s, CAST(%s AS STRING) FROM %s %s"
                .formatted(ID, MESSAGE_ID, dataset.sql(table), where.sql()),
        where.values(),
        row -> messageIds.put(row.text(1), row.text(2)));
    return roots.stream().map(root -> root.withMessageId(messageIds.get(root.id()))).toList();
  }

  private static boolean hasMessageIds(TableInfo table) {
    return table.columns().stream()
        .filter(column -> column.name().equals(MESSAGE_ID))
        .anyMatch(column -> ID_TYPES.contains(column.type()));
  }

  /** The root rows above a child row of that id; none if there is no such row. */
  List<EventRow> rootsAbove(String id) throws IOException {
    String wanted = id;
    Where where = byId(List.of(wanted));
    for (int depth = 0; depth < DEEPEST; depth++) {
      List<EventRow> rows = find(dataset.children(), where);
      if (rows.isEmpty()) {
        return depth == 0 ? List.of() : roots(List.of(wanted));
      }
      EventRow row = rows.get(0);
      wanted = row.parentId();
      where = byId(List.of(wanted)).and(RECEIVED_AT + " = ?", row.received());
    }
    return List.of();
  }

  /** All rows below the roots, parents before their children. */
  List<EventRow> descendants(List<EventRow> roots) throws IOException {
    List<EventRow> found = new ArrayList<>();
    Deque<List<EventRow>> open = new ArrayDeque<>();
    byTable(roots).values().forEach(open::add);
    while (!open.isEmpty()) {
      List<EventRow> above = open.remove();
      List<TableInfo> tables =
          dataset.children().stream()
              .filter(table -> isChild(table.name(), above.get(0).table()))
              .toList();
      List<EventRow> below = new ArrayList<>();
      List<String> ids = above.stream().map(EventRow::id).distinct().toList();
      for (int from = 0; from < ids.size(); from += IDS) {
        List<String> page = ids.subList(from, Math.min(ids.size(), from + IDS));
        below.addAll(find(tables, receivedWith(new Where().in(PARENT_ID, page), above)));
      }
      found.addAll(below);
      byTable(below).values().forEach(open::add);
    }
    return found;
  }

  /** Rows of one event are received at one time. */
  private static Where receivedWith(Where where, List<EventRow> rows) {
    List<Instant> times = rows.stream().map(EventRow::received).toList();
    if (times.contains(null)) {
      return where;
    }
    return where
        .and(RECEIVED_AT + " >= ?", times.stream().min(Instant::compareTo).orElseThrow())
        .and(RECEIVED_AT + " <= ?", times.stream().max(Instant::compareTo).orElseThrow());
  }

  private boolean isChild(String table, String parent) {
    return parents.containsKey(table)
        ? parent.equals(parents.get(table))
        : table.startsWith(parent + "__");
  }

  private static Map<String, List<EventRow>> byTable(List<EventRow> rows) {
    Map<String, List<EventRow>> byTable = new HashMap<>();
    rows.forEach(row -> byTable.computeIfAbsent(row.table(), name -> new ArrayList<>()).add(row));
    return byTable;
  }

  private Where byId(Collection<String> ids) {
    return new Where().in(ID, ids).and(RECEIVED_AT + " >= ?", since);
  }

  private List<EventRow> find(List<TableInfo> tables, Where where) throws IOException {
    List<EventRow> rows = new ArrayList<>();
    union.query(
        tables,
        select(where),
        where.values(),
        row ->
            rows.add(
                new EventRow(
                    tables.get(row.number(0).intValue()).name(),
                    row.text(1),
                    row.text(2),
                    row.text(3),
                    null,
                    row.time(4))));
    return rows;
  }

  private Function<TableInfo, String> select(Where where) {
    return table ->
        "%s, %s, %s, %s FROM %s %s"
            .formatted(
                ID,
                column(table, PARENT_ID),
                column(table, "_dlt_load_id"),
                RECEIVED_AT,
                dataset.sql(table),
                where.sql());
  }

  private static String column(TableInfo table, String name) {
    return LoadedDataset.has(table, name) ? name : "NULL AS " + name;
  }
}
