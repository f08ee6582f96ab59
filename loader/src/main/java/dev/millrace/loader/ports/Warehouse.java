package dev.millrace.loader.ports;

import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * package that is in already.
   */
  boolean isLoaded(String loadId) throws IOException;

  /**
   * Brings tables and views to the schema: creates what isn't there, the system tables always, adds
   * columns that are missing, and never takes anything away.
   *
   * @param tables the event tables that the batch touches
   */
  void evolve(Schema schema, Set<String> tables) throws IOException;

  /**
   * Loads a sealed package and commits it: afterwards all of it is in, with its commit rows, or
   * nothing of it shows as loaded. A package that is loaded already changes nothing.
   *
   * @param sealed what to load
   * @param commit asked for the commit rows once the rows are counted, before anything is final; it
   *     throws if the counts don't add up, and then the package isn't committed
   */
  void load(SealedPackage sealed, Commit commit) throws IOException;

  /** Writes system rows that belong to no package: the record of a batch that failed for good. */
  void record(List<SystemRows> rows) throws IOException;

  @Override
  void close();

  /** Makes the commit rows of a package. */
  @FunctionalInterface
  interface Commit {
    /**
     * @param loaded rows that the warehouse took, by table; every table of the package is there
     * @return in the order in which they are to be written
     */
    List<SystemRows> rows(Map<String, Long> loaded) throws LoadException;

    /**
     * The same for a warehouse that loads by jobs.
     *
     * @param jobs ids of the jobs that loaded each table
     */
    default List<SystemRows> rows(Map<String, Long> loaded, Map<String, List<String>> jobs)
        throws LoadException {
      return rows(loaded);
    }
  }
}
