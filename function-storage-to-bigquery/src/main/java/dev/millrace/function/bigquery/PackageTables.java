package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SealedPackage.TableParts;
import dev.millrace.loader.ports.Warehouse.RefusedRow;
import dev.millrace.loader.ports.Warehouse.Taken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loads the event tables of a sealed package, side by side. Thread-safe. */
final class PackageTables {
  /** BigQuery takes 10,000 objects a job. */
  private static final int MAX_OBJECTS = 10_000;

  private final PartLoads loads;
  private final Narrowing narrowing;
  private final Parallel parallel;

  PackageTables(PartLoads loads, Narrowing narrowing, Parallel parallel) {
    this.loads = loads;
    this.narrowing = narrowing;
    this.parallel = parallel;
  }

  /**
   * Objects of a table that one job loads.
   *
   * @param rows of the whole table, if this is all of it; else 0, for parts are not counted apart
   */
  private record Share(WantedTable table, List<String> locations, int number, long rows) {}

  /** What came of a share: it is in, or it is to be narrowed. */
  private record Tried(Share share, TableLoad load) {}

  Taken load(SealedPackage sealed, Deadline deadline) throws IOException {
    List<Share> shares = new ArrayList<>();
    Map<String, TableLoad> loads = new LinkedHashMap<>();
    for (Map.Entry<String, TableParts> table : sealed.tables().entrySet()) {
      WantedTable wanted = WantedTable.of(sealed.schema().table(table.getKey()));
      loads.put(wanted.name(), TableLoad.NOTHING);
      List<String> locations = table.getValue().locations();
      for (int from = 0; from < locations.size(); from += MAX_OBJECTS) {
        int to = Math.min(locations.size(), from + MAX_OBJECTS);
        long rows = to - from == locations.size() ? table.getValue().rows() : 0;
        shares.add(new Share(wanted, locations.subList(from, to), from / MAX_OBJECTS, rows));
      }
    }
    String loadId = sealed.loadId();
    for (Tried tried : parallel.all(shares, share -> attempt(share, loadId, deadline))) {
      Share share = tried.share();
      TableLoad load =
          tried.load() == null
              ? narrowing.narrow(share.table(), loadId, share.locations(), deadline)
              : tried.load();
      loads.merge(share.table().name(), load, TableLoad::and);
    }
    return taken(loads);
  }

  private Tried attempt(Share share, String loadId, Deadline deadline) throws IOException {
    List<String> key =
        share.number() == 0
            ? List.of(loadId)
            : List.of(loadId, "share", Integer.toString(share.number()));
    LoadJobs.Outcome outcome = loads.load(share.table(), key, share.locations(), deadline);
    return new Tried(
        share,
        outcome instanceof LoadJobs.Outcome.Loaded loaded
            ? TableLoad.of(loaded, share.rows())
            : null);
  }

  private static Taken taken(Map<String, TableLoad> loads) {
    Map<String, Long> rows = new LinkedHashMap<>();
    Map<String, List<String>> jobs = new LinkedHashMap<>();
    List<RefusedRow> refused = new ArrayList<>();
    loads.forEach(
        (table, load) -> {
          rows.put(table, load.rows());
          jobs.put(table, load.jobs());
          refused.addAll(load.refused());
        });
    return new Taken(rows, jobs, refused);
  }
}
