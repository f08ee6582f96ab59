package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse.RefusedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows that BigQuery refuses, and loads all others: what it refuses is cut in two, and
 * each half is loaded by a job of its own, until a half is one row. Cuts are always at the same
 * lines, so that a rerun finds the jobs of the run before. Thread-safe.
 */
final class Narrowing {
  /**
   * Load jobs for one table of a package: enough for a dozen rows among a million. More are no
   * accident of single rows, and BigQuery's quota of loads is needed for the batches to come.
   */
  static final int MAX_JOBS = 500;

  private final PartLoads loads;
  private final Pieces pieces;
  private final Parallel parallel;
  private final int maxJobs;

  /**
   * @param maxJobs for one table of a package
   */
  Narrowing(PartLoads loads, Pieces pieces, Parallel parallel, int maxJobs) {
    this.loads = loads;
    this.pieces = pieces;
    this.parallel = parallel;
    this.maxJobs = maxJobs;
  }

  /** What came of a piece: it is in, or it is one row that is refused, or it is to be cut. */
  private record Tried(TableLoad load, List<Piece> halves) {}

  /**
   * Loads a table's parts without the rows that are refused.
   *
   * @param locations of parts of which one row at least is refused, when all are loaded at once
   * @throws LoadException {@link LoadError#COUNTS_DIFFER} if too many rows are refused
   */
  TableLoad narrow(WantedTable table, String loadId, List<String> locations, Deadline deadline)
      throws IOException {
    TableLoad total = TableLoad.NOTHING;
    List<Piece> open = new ArrayList<>();
    for (String location : locations) {
      open.add(pieces.whole(location));
    }
    if (open.size() == 1) {
      // The one part was just refused.
      open = cut(open.get(0));
    }
    int used = 0;
    while (!open.isEmpty()) {
      used += open.size();
      if (used > maxJobs) {
        throw new LoadException(
            LoadError.COUNTS_DIFFER,
            ("BigQuery refuses more rows of table %s than %d load jobs can find. Was the table changed by hand?"
                    + " Make it as its schema says, then replay the batch.")
                .formatted(table.name(), maxJobs));
      }
      List<Piece> next = new ArrayList<>();
      for (Tried tried : parallel.all(open, piece -> attempt(table, loadId, piece, deadline))) {
        total = total.and(tried.load());
        next.addAll(tried.halves());
      }
      open = next;
    }
    return total;
  }

  private Tried attempt(WantedTable table, String loadId, Piece piece, Deadline deadline)
      throws IOException {
    List<String> key = new ArrayList<>(List.of(loadId));
    key.addAll(piece.key());
    LoadJobs.Outcome outcome = loads.load(table, key, List.of(pieces.location(piece)), deadline);
    if (outcome instanceof LoadJobs.Outcome.Loaded loaded) {
      return new Tried(TableLoad.of(loaded, piece.lines()), List.of());
    }
    if (!piece.isOneLine()) {
      return new Tried(TableLoad.NOTHING, cut(piece));
    }
    String detail = ((LoadJobs.Outcome.Refused) outcome).detail();
    RefusedRow row =
        new RefusedRow(table.name(), pieces.partLocation(piece), piece.first(), detail);
    return new Tried(new TableLoad(0, List.of(), List.of(row)), List.of());
  }

  /** The halves; a part that turns out to be one row is one piece, so that it is tried as such. */
  private List<Piece> cut(Piece piece) throws IOException {
    Piece counted = pieces.counted(piece);
    return counted.isOneLine() ? List.of(counted) : pieces.halves(counted);
  }
}
