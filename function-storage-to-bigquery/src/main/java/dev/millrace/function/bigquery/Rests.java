package dev.millrace.function.bigquery;

import dev.millrace.loader.packages.PartLines;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what a table lacks of a package's rows. The first finding is kept in the staging place, and
 * all who load the package go by it: two who asked while a third loaded would find different rests,
 * and load rows twice. Parts are read as streams; in memory are some ten thousand ids. Thread-safe.
 */
final class Rests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Rows that one query asks for: of each table at once the first few, and of two at once more. */
  private static final int FEW_ROWS = 1_000;

  private static final int MANY_ROWS = 50_000;

  private final Staging staging;
  private final JobIds ids;
  private final RowQueries queries;
  private final Semaphore largeQuestions = new Semaphore(2);

  Rests(Staging staging, JobIds ids, RowQueries queries) {
    this.staging = staging;
    this.ids = ids;
    this.queries = queries;
  }

  /**
   * What the table lacked when the first asked.
   *
   * @param key what the parts' rows are known by in the table; the load id is first
   * @param locations of the parts
   */
  Rest of(KnownTable table, List<String> key, List<String> locations, Deadline deadline)
      throws IOException {
    String name = "packages/%s/rest/%s".formatted(key.get(0), ids.of(table, key));
    String path = name + ".json";
    Optional<byte[]> found = staging.read(path);
    if (found.isEmpty()) {
      Rest rest = find(table, key.get(0), name, locations, deadline);
      if (staging.createIfAbsent(path, JSON.writeValueAsBytes(rest))) {
        return rest;
      }
      if (rest.path() != null) {
        staging.delete(rest.path());
      }
      found = staging.read(path);
    }
    return JSON.readValue(
        found.orElseThrow(
            () -> new LoadException(LoadError.UNAVAILABLE, path + " is there and is not")),
        Rest.class);
  }

  /** The lines of a part whose rows the table lacks, by number. */
  private record Gaps(String part, BitSet lines) {}

  private Rest find(
      KnownTable table, String loadId, String name, List<String> locations, Deadline deadline)
      throws IOException {
    String root = staging.location("");
    List<Gaps> gaps = new ArrayList<>();
    long rows = 0;
    long missing = 0;
    for (String location : locations) {
      String part = location.substring(root.length());
      BitSet lines = new BitSet();
      rows += ask(table, loadId, part, lines, deadline);
      missing += lines.cardinality();
      gaps.add(new Gaps(part, lines));
    }
    boolean isSome = missing > 0 && missing < rows;
    return new Rest(rows - missing, missing, isSome ? stage(name, gaps) : null);
  }

  /**
   * @param missing gets the numbers of the lines whose rows the table lacks
   * @return how many lines there are
   */
  private long ask(KnownTable table, String loadId, String part, BitSet missing, Deadline deadline)
      throws IOException {
    try (InputStream in = staging.open(part)) {
      PartLines lines = new PartLines(in);
      int first = ask(table, loadId, next(lines, FEW_ROWS), 0, missing, deadline);
      if (first < FEW_ROWS) {
        return first;
      }
      largeQuestions.acquireUninterruptibly();
      try {
        for (int asked = -1; asked != 0; first += asked) {
          asked = ask(table, loadId, next(lines, MANY_ROWS), first, missing, deadline);
        }
        return first;
      } finally {
        largeQuestions.release();
      }
    }
  }

  private int ask(
      KnownTable table,
      String loadId,
      List<RowId> rows,
      int first,
      BitSet missing,
      Deadline deadline)
      throws IOException {
    if (!rows.isEmpty()) {
      Set<String> present = queries.present(table, loadId, rows, deadline);
      for (int i = 0; i < rows.size(); i++) {
        missing.set(first + i, !present.contains(rows.get(i).id()));
      }
    }
    return rows.size();
  }

  private static List<RowId> next(PartLines lines, int most) throws IOException {
    List<RowId> rows = new ArrayList<>();
    while (rows.size() < most) {
      byte[] line = lines.next();
      if (line == null) {
        break;
      }
      rows.add(RowId.of(line));
    }
    return rows;
  }

  private String stage(String name, List<Gaps> gaps) throws IOException {
    // Never under the name of another's, which a job may read.
    String path = "%s.%s.jsonl".formatted(name, UUID.randomUUID());
    try (OutputStream out = new BufferedOutputStream(staging.create(path))) {
      for (Gaps each : gaps) {
        try (InputStream in = staging.open(each.part())) {
          PartLines lines = new PartLines(in);
          int number = 0;
          for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (each.lines().get(number++)) {
              out.write(line);
              out.write('\n');
            }
          }
        }
      }
    }
    return path;
  }
}
