package dev.millrace.cli.forget;

import dev.millrace.cli.ids.SearchedId;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds all that a dataset has of a person. Used once. */
final class Search {
  private final Dataset dataset;
  private final Questions questions;
  private final Counting counting;
  private final Map<String, Dataset.TableInfo> known;
  private final EventTables tables;
  private final SearchedId person;
  private final RowsOfPerson rowsOfPerson;
  private final BadEventsOfPerson badEvents;

  /**
   * @param known all tables of the dataset
   */
  Search(
      Questions questions,
      Map<String, Dataset.TableInfo> known,
      StoredSchema schema,
      SearchedId person) {
    this.dataset = questions.dataset();
    this.questions = questions;
    this.counting = new Counting(questions);
    this.known = known;
    this.tables = new EventTables(known, schema);
    this.person = person;
    this.rowsOfPerson = new RowsOfPerson(dataset, tables, person);
    this.badEvents = new BadEventsOfPerson(questions, person);
  }

  Found find() throws IOException {
    boolean hasBadEvents = known.containsKey(SystemTables.BAD_EVENTS.name());
    Set<String> loadIds = new TreeSet<>();
    List<Rows> roots = counting.countedByLoad(candidates(), loadIds);
    if (hasBadEvents) {
      badEvents.find();
      loadIds.addAll(badEvents.loadIds());
    }
    List<Rows> below = new ArrayList<>();
    List<Rows> partlyBad = new ArrayList<>();
    for (Map.Entry<String, List<Ids>> root : rootIds(roots).entrySet()) {
      for (Ids ids : root.getValue()) {
        addBelow(root.getKey(), ids, below);
        if (hasBadEvents) {
          Condition where = ids.in("event_id").and("partial = ?", true);
          partlyBad.add(new Rows(BadEventsOfPerson.TABLE, where, 0));
        }
      }
    }
    Collections.reverse(below);
    List<Rows> all = new ArrayList<>(counting.counted(below));
    all.addAll(counting.counted(partlyBad));
    all.addAll(roots);
    all.addAll(counting.counted(badEvents.rows()));
    return new Found(dataset.label(), all, loadIds, notes(), priced(all).billedBytes());
  }

  private List<Rows> candidates() {
    List<Rows> candidates = new ArrayList<>();
    for (String root : tables.roots()) {
      rowsOfPerson.of(root).ifPresent(where -> candidates.add(new Rows(root, where, 0)));
    }
    return candidates;
  }

  /** Which root rows have others below them: those that are there, and those that were refused. */
  private Map<String, List<Ids>> rootIds(List<Rows> roots) {
    Map<String, List<Ids>> ids = new LinkedHashMap<>();
    for (Rows root : roots) {
      ids.computeIfAbsent(root.table(), table -> new ArrayList<>())
          .add(rowIds(root.table(), root.where()));
    }
    for (String root : tables.roots()) {
      for (List<String> page : badEvents.refusedRoots(root)) {
        ids.computeIfAbsent(root, table -> new ArrayList<>()).add(Ids.of(page));
      }
    }
    return ids;
  }

  private Ids rowIds(String table, Condition where) {
    return Ids.selected(dataset.name(EventTables.ROW_ID), dataset.table(table), where);
  }

  private void addBelow(String table, Ids parents, List<Rows> below) {
    for (String child : tables.children(table)) {
      Condition where = parents.in(dataset.name(EventTables.PARENT_ID));
      below.add(new Rows(child, where, 0));
      addBelow(child, rowIds(child, where), below);
    }
  }

  private Questions priced(List<Rows> all) throws IOException {
    Questions deleting = new Questions(dataset);
    for (Rows rows : all) {
      deleting.count(Deletion.sql(dataset, rows), rows.where().values());
    }
    return deleting;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (person.hidden() != null) {
      notes.add(
          "a privacy rule says %s for %s: rows that it applied to can't be found by it"
              .formatted(person.hidden(), person.field().word()));
    }
    notes.addAll(rowsOfPerson.notes());
    if (!rowsOfPerson.notCompared().isEmpty()) {
      notes.add(
          "not compared, for their types are no ids': "
              + String.join(", ", rowsOfPerson.notCompared()));
    }
    if (badEvents.mentions() > 0) {
      notes.add(
          "%s; `millrace inspect bad --show` shows them"
              .formatted(
                  badEvents.mentions() == 1
                      ? "1 bad event has the id elsewhere in its bytes and stays"
                      : Counted.number(badEvents.mentions())
                          + " bad events have the id elsewhere in their bytes and stay"));
    }
    if (badEvents.cut() > 0) {
      notes.add(
          "of %s only the beginning is kept, which does not name them"
              .formatted(Counted.of(badEvents.cut(), "bad event")));
    }
    return notes;
  }
}
