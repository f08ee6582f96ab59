package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what a table lacks of a package's rows. The first finding is kept in the staging place, and
 * all who load the package go by it: two who asked while a third loaded would find different rests,
 * and load rows twice. Parts are read as streams; in memory are the ids of {@value #AT_ONCE} times
 * {@value #ROWS_ASKED} rows, and a bit for each other. Thread-safe.
 */
final class Rests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE = 6;

  /** Rows that one query asks for. */
  private static final int ROWS_ASKED = 30_000;

  private final Staging staging;
  private final JobIds ids;
  private final RowQueries queries;
  private final Semaphore turns = new Semaphore(AT_ONCE);

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
    // A package that was made anew has other parts, and maybe other rows.
    List<String> asked = new ArrayList<>(key);
    asked.addAll(locations);
    String name = "packages/%s/rest/%s".formatted(key.get(0), ids.of(table, asked));
    String path = name + ".json";
    Optional<byte[]> found = staging.read(path);
    if (found.isEmpty()) {
      Rest rest = find(table, key.get(0), name, parts(locations), deadline);
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

  private List<String> parts(List<String> locations) {
    String root = staging.location("");
    return locations.stream().map(location -> location.substring(root.length())).toList();
  }

  private Rest find(
      KnownTable table, String loadId, String name, List<String> parts, Deadline deadline)
      throws IOException {
    awaitTurn(deadline);
    try (PackageLines lines = new PackageLines(staging, parts)) {
      BitSet missing = new BitSet();
      int rows = 0;
      for (List<RowId> asked = next(lines); !asked.isEmpty(); asked = next(lines)) {
        Set<RowId> present = queries.present(table, loadId, asked, deadline);
        for (RowId row : asked) {
          missing.set(rows++, !present.contains(row));
        }
      }
      int count = missing.cardinality();
      boolean isSome = count > 0 && count < rows;
      return new Rest(rows - count, count, isSome ? stage(name, parts, missing) : null);
    } finally {
      turns.release();
    }
  }

  private void awaitTurn(Deadline deadline) throws LoadException {
    try {
      if (turns.tryAcquire(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new LoadException(
        LoadError.OUT_OF_TIME, "the time was over before all tables were asked what they lack");
  }

  private static List<RowId> next(PackageLines lines) throws IOException {
    List<RowId> rows = new ArrayList<>();
    while (rows.size() < ROWS_ASKED) {
      byte[] line = lines.next();
      if (line == null) {
        break;
      }
      rows.add(RowId.of(line));
    }
    return rows;
  }

  private String stage(String name, List<String> parts, BitSet missing) throws IOException {
    // Never under the name of another's, which a job may read.
    String path = "%s.%s.jsonl".formatted(name, UUID.randomUUID());
    try (PackageLines lines = new PackageLines(staging, parts);
        OutputStream out = new BufferedOutputStream(staging.create(path))) {
      int number = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (missing.get(number++)) {
          out.write(line);
          out.write('\n');
        }
      }
    }
    return path;
  }
}
