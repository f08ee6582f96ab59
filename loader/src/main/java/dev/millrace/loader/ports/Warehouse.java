package dev.millrace.loader.ports;

import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A SQL warehouse with one dataset, and its {@code _unique} sibling for the views. Thread-safe.
 * Every call may be repeated by anyone at any time with the same result.
 *
 * <p>Failures: {@link LoadException} says whose fault it is; an {@link IOException} that is none
 * counts as passing.
 */
public interface Warehouse extends AutoCloseable {
  /** dlt's name for this kind of warehouse, such as {@code duckdb}. */
  String dltDestination();

  /**
   * Whether {@code _dlt_loads} has the load: all of its package is in. Asked before each load; a
   * warehouse that pays for the question may answer false unasked where {@link #load} would find a
   * package that is in already: for batches younger than what it remembers of its load jobs.
   */
  boolean isLoaded(String loadId) throws IOException;

  /**
   * Brings tables and views to the schema: creates what isn't there, the system tables always, adds
   * columns that are missing, relaxes those that are required by no rule of ours, and never takes
   * anything away.
   *
   * @param tables the event tables that the batch touches
   * @param deadline when to give up
   * @return columns of these tables that are there with another type than the schema's: somebody
   *     changed the table by hand. All else is done. Usually empty
   */
  List<OtherColumn> evolve(Schema schema, Set<String> tables, Instant deadline) throws IOException;

  /**
   * A column that is not what the schema says.
   *
   * @param type what dlt would call its type, or null if there is no such type
   * @param physicalType its type in the warehouse's own words
   */
  record OtherColumn(String table, String column, DataType type, String physicalType) {}

  /**
   * Loads a sealed package and commits it: afterwards all of it is in, with its commit rows, or
   * nothing of it shows as loaded. A package that is loaded already changes nothing.
   *
   * @param sealed what to load
   * @param commit asked for the commit rows once the rows are counted, before anything is final; it
   *     throws if the counts don't add up, and then the package isn't committed
   * @param deadline when to give up waiting
   * @throws LoadException {@link LoadError#OUT_OF_TIME} at the deadline; a later call goes on from
   *     there
   */
  void load(SealedPackage sealed, Commit commit, Instant deadline) throws IOException;

  /**
   * Writes system rows that belong to no package, such as the record of a batch that failed for
   * good. The tables need not be there before.
   */
  void record(List<SystemRows> rows) throws IOException;

  /**
   * The schema as the dataset itself has it: the newest row of {@code _dlt_version}, with the raw
   * paths that {@code _millrace_schema_changes} tells and the columns that tables have beyond it.
   * Asked only where the schema object is lost or damaged.
   *
   * @return empty if the dataset knows no schema of that name; its generation is {@link
   *     State#ABSENT}
   */
  Optional<StoredSchema> storedSchema(String schemaName) throws IOException;

  /** What became of a load, as the dataset tells it. */
  sealed interface Settled {
    /** {@code _dlt_loads} has it. */
    record In() implements Settled {}

    /** Its newest row in {@code _millrace_batches} says that it failed for good. */
    record Failed(String code, String detail) implements Settled {}
  }

  /**
   * What became of loads. This may cost a query; it is not asked for each batch.
   *
   * @param loadIds at most a few thousand
   * @return nothing of those that are neither in nor failed for good
   */
  Map<String, Settled> settled(Set<String> loadIds) throws IOException;

  /**
   * Which of these events are in the dataset already: for deduplication across batches. This costs
   * a query.
   *
   * @param rootIds {@code _dlt_id}s of root rows, by their table; tables that aren't there have
   *     none
   * @param since only rows received at or after it are looked at
   * @param butLoad the load id whose own rows don't count
   */
  Set<String> present(Map<String, Set<String>> rootIds, Instant since, String butLoad)
      throws IOException;

  /** The same dataset as a person's commands ask it. */
  Dataset dataset();

  @Override
  void close();

  /** Makes the commit rows of a package. */
  @FunctionalInterface
  interface Commit {
    /**
     * @return in the order in which they are to be written; the last says that the load is complete
     */
    List<SystemRows> rows(Taken taken) throws IOException;
  }

  /**
   * What the warehouse took of a package.
   *
   * @param rows taken, by table, in the names' order; every table of the package is there
   * @param jobs ids of the jobs that loaded each table; empty where a warehouse has no jobs
   * @param refused rows that it would not take, though the normaliser has checked them
   */
  record Taken(Map<String, Long> rows, Map<String, List<String>> jobs, List<RefusedRow> refused) {
    public Taken {
      rows = Collections.unmodifiableMap(new TreeMap<>(rows));
      jobs = Collections.unmodifiableMap(new TreeMap<>(jobs));
      refused = List.copyOf(refused);
    }

    /** All rows, without jobs. */
    public static Taken all(Map<String, Long> rows) {
      return new Taken(rows, Map.of(), List.of());
    }
  }

  /**
   * A row of a part that the warehouse refused.
   *
   * @param location of the part
   * @param line in the part, from 0
   * @param detail what the warehouse said, without values
   */
  record RefusedRow(String table, String location, long line, String detail) {}
}
