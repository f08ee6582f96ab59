package dev.millrace.tests.kill;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the whole pipeline while events are published to it. {@code -Dkills=20
 * -Dkill.events=50000} is the full run, {@code -Dkill.seed} one that failed.
 *
 * <p>A publish request whose connection broke is sent again, and so may be in two batches. Its
 * events are then once in the {@code _unique} views and once or twice in the tables; all others
 * must be in the tables exactly once.
 */
class KillTest {
  private static final String UNION_OF_ROOTS =
      KillEvents.TABLES.stream()
          .map(table -> "select message_id, _dlt_id, _dlt_load_id from %s." + table)
          .collect(Collectors.joining(" union all "));

  @TempDir private static Path folder;
  private static KillRun.Result run;
  private static Dataset dataset;

  @BeforeAll
  static void killAgainAndAgain() throws Exception {
    run =
        new KillRun(
                Integer.getInteger("kills", 5),
                Integer.getInteger("kill.events", 10_000),
                Long.getLong("kill.seed", System.nanoTime() % 1_000_000))
            .in(folder);
    dataset = run.pipeline().dataset();
    System.out.printf(
        "%,d events acknowledged, %,d of them perhaps sent twice; %,d rows, %d batches%n",
        run.events(),
        run.ambiguous().size() * KillEvents.PER_REQUEST,
        dataset.number("select count(*) from (" + roots("telemetry") + ")"),
        dataset.number("select count(*) from _millrace_batches"));
  }

  @Test
  void everyAcknowledgedEvent_thatWasSentOnce_isInTheTablesExactlyOnce() throws Exception {
    Map<Integer, Integer> rows = rowsOf("telemetry");

    assertThat(wrong(rows, false)).isEmpty();
  }

  @Test
  void everyAcknowledgedEvent_isInTheUniqueViewsExactlyOnce() throws Exception {
    Map<Integer, Integer> rows = rowsOf("telemetry_unique");

    assertThat(wrong(rows, true)).isEmpty();
  }

  @Test
  void everyMalformedEvent_isKeptOnce_orAsOftenAsItMayHaveBeenSent() throws Exception {
    Map<Integer, Integer> kept = new HashMap<>();
    for (List<Object> row : dataset.rows("select decode(raw) from _millrace_bad_events")) {
      String id = row.get(0).toString().split("\"")[3];
      kept.merge(KillEvents.numberOf(id), 1, Integer::sum);
    }

    Set<Integer> wrong = new TreeSet<>();
    for (int event : events(true)) {
      int times = kept.getOrDefault(event, 0);
      boolean ambiguous = run.ambiguous().contains(KillEvents.requestOf(event));
      if (times < 1 || (times > 1 && !ambiguous)) {
        wrong.add(event);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(kept.keySet()).isEqualTo(events(true));
  }

  @Test
  void everyEventsChildRows_areAllThere() throws Exception {
    Map<Integer, Integer> items = new HashMap<>();
    for (List<Object> row :
        dataset.rows(
            """
            select parent.message_id from telemetry_unique.%s child
            join telemetry_unique.%s parent on parent._dlt_id = child._dlt_parent_id
            """
                .formatted(KillEvents.ITEMS, KillEvents.TABLES.get(0)))) {
      items.merge(KillEvents.numberOf(row.get(0).toString()), 1, Integer::sum);
    }

    Map<Integer, Integer> expected = new HashMap<>();
    events(false).stream()
        .filter(event -> KillEvents.itemsOf(event) > 0)
        .forEach(event -> expected.put(event, KillEvents.itemsOf(event)));
    assertThat(items).isEqualTo(expected);
  }

  @Test
  void everyBatch_isLoadedOnce_andItsNumbersAgreeWithTheTables() throws Exception {
    assertThat(dataset.rows("select * from _millrace_batches where state <> 'loaded'")).isEmpty();
    assertThat(
            dataset.rows(
                """
                select object, events_read, events_loaded, events_duplicate, events_bad
                from _millrace_batches
                where events_read <> events_loaded + events_duplicate + events_bad
                """))
        .isEmpty();
    assertThat(
            dataset.rows(
                """
                select load_id, events_loaded, events_bad,
                       (select count(*) from (%s) e where e._dlt_load_id = b.load_id) as rows,
                       (select count(*) from _millrace_bad_events e where e.load_id = b.load_id) as bad,
                       (select count(*) from _dlt_loads l where l.load_id = b.load_id) as loads
                from _millrace_batches b
                where events_loaded <> rows or events_bad <> bad or loads <> 1
                """
                    .formatted(roots("telemetry"))))
        .isEmpty();
    assertThat(dataset.number("select count(*) from _dlt_loads"))
        .isEqualTo(dataset.number("select count(distinct object) from _millrace_batches"))
        .isEqualTo(dataset.number("select count(*) from _millrace_batches"));
  }

  @Test
  void everyBatchObject_isInTheTables() throws Exception {
    Set<Object> loaded = new HashSet<>();
    dataset.rows("select object from _millrace_batches").forEach(row -> loaded.add(row.get(0)));

    assertThat(files(folder.resolve("landing"))).isEqualTo(loaded);
  }

  @Test
  void nothingIsLeft_thatWaitsToBeDone() throws Exception {
    assertThat(files(folder.resolve("journal"))).isEmpty();
    assertThat(files(folder.resolve("notices"))).isEmpty();
  }

  @Test
  void nothingIsStaged_butLoadedPackages_andWhatTheKilledAttemptsMadeOfThem() throws Exception {
    Set<String> sealedAttempts = new TreeSet<>();
    for (List<Object> row : dataset.rows("select load_id, attempt from _millrace_batches")) {
      sealedAttempts.add(row.get(0) + "/" + row.get(1));
    }
    Set<String> loads = sealedAttempts.stream().map(KillTest::folderOf).collect(toSet());
    Set<String> stagedLoads = new TreeSet<>();
    Set<String> killedAttempts = new TreeSet<>();
    for (String file : files(folder.resolve("staging/packages"))) {
      String attempt = folderOf(file);
      boolean manifest = !attempt.contains("/");
      stagedLoads.add(manifest ? attempt : folderOf(attempt));
      if (!manifest && !sealedAttempts.contains(attempt)) {
        killedAttempts.add(attempt);
      }
    }

    assertThat(stagedLoads).isEqualTo(loads);
    assertThat(killedAttempts).hasSizeLessThanOrEqualTo(run.kills());
  }

  @Test
  void thePipeline_endsAsCtrlCEndsIt() {
    assertThat(run.lastStop()).isEqualTo(130);
  }

  private static Map<Integer, Integer> rowsOf(String schema) throws Exception {
    Map<Integer, Integer> rows = new HashMap<>();
    for (List<Object> row : dataset.rows(roots(schema))) {
      rows.merge(KillEvents.numberOf(row.get(0).toString()), 1, Integer::sum);
    }
    return rows;
  }

  private static String roots(String schema) {
    return UNION_OF_ROOTS.formatted(schema, schema, schema);
  }

  /** Events that have not the rows that they should have, and such as nobody published. */
  private static List<String> wrong(Map<Integer, Integer> rows, boolean ambiguousToo) {
    Set<Integer> published = events(false);
    List<String> wrong = new ArrayList<>();
    for (int event : published) {
      int found = rows.getOrDefault(event, 0);
      boolean once = ambiguousToo || !run.ambiguous().contains(KillEvents.requestOf(event));
      if (found == 0 || (found > 1 && once)) {
        wrong.add(KillEvents.messageId(event) + ": " + found + " rows");
      }
    }
    rows.keySet().stream()
        .filter(event -> !published.contains(event))
        .forEach(event -> wrong.add(KillEvents.messageId(event) + ": never published"));
    return wrong;
  }

  private static Set<Integer> events(boolean malformed) {
    Set<Integer> events = new TreeSet<>();
    for (int request : run.published()) {
      for (int i = 0; i < KillEvents.PER_REQUEST; i++) {
        int event = request * KillEvents.PER_REQUEST + i;
        if (KillEvents.isMalformed(event) == malformed) {
          events.add(event);
        }
      }
    }
    return events;
  }

  private static String folderOf(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  private static Set<String> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
