package dev.millrace.tests.bigquery;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.faults.Call;
import dev.millrace.tests.bigquery.faults.CallLog;
import dev.millrace.tests.bigquery.faults.Fault;
import dev.millrace.tests.bigquery.faults.Faults;
import dev.millrace.tests.bigquery.jobs.Jobs;
import dev.millrace.tests.bigquery.load.CloudStorage;
import dev.millrace.tests.bigquery.load.Loads;
import dev.millrace.tests.bigquery.quotas.Limits;
import dev.millrace.tests.bigquery.quotas.Quotas;
import dev.millrace.tests.bigquery.rest.RestServer;
import dev.millrace.tests.bigquery.sql.Queries;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A BigQuery for tests that keeps BigQuery's documented rules where others are lax, and misbehaves
 * when it is told to. It speaks the REST API on a loopback port; Google's clients talk to it when
 * their host is set to {@link #host}, without credentials. Rows are in DuckDB, in memory, and gone
 * when it is closed. Thread-safe; there can be any number of them.
 */
public final class StrictBigQuery implements AutoCloseable {
  private final Database database;
  private final Jobs jobs;
  private final Quotas quotas;
  private final RestServer rest;
  private final Faults faults = new Faults();
  private final CallLog log = new CallLog();

  private StrictBigQuery(StrictBigQuerySettings settings) throws IOException {
    database = new Database();
    jobs = new Jobs(settings.clock());
    quotas = new Quotas(settings.limits(), settings.clock());
    Catalog catalog = new Catalog(database, settings.clock());
    CloudStorage storage = new CloudStorage(settings.storage());
    RestServer.World world =
        new RestServer.World(
            catalog,
            database,
            quotas,
            new Loads(catalog, quotas, database, storage, settings.clock()),
            new Queries(catalog, quotas, database, settings.clock()),
            jobs);
    rest = RestServer.start(settings.port(), world, settings.loadTime(), faults, log);
  }

  /** With the documented quotas, on any free port. */
  public static StrictBigQuery start(URI storage) throws IOException {
    return start(StrictBigQuerySettings.of(storage));
  }

  public static StrictBigQuery start(StrictBigQuerySettings settings) throws IOException {
    return new StrictBigQuery(settings);
  }

  /** What a client's host is to be set to, such as {@code http://127.0.0.1:9050}. */
  public String host() {
    return "http://127.0.0.1:" + rest.port();
  }

  /** Tells what is to go wrong from now on, beside what was told before. */
  public void tell(Fault fault) {
    faults.add(fault);
  }

  /** Nothing is to go wrong any more. */
  public void behave() {
    faults.clear();
  }

  /** How many times a fault has befallen a call since {@link #behave}. */
  public long befallen() {
    return faults.befallen();
  }

  /** The calls of the API so far, in the order in which they came in. */
  public List<Call> calls() {
    return log.calls();
  }

  /** Forgets the jobs that are done, as BigQuery does after half a year: their ids are free. */
  public void forgetJobs() {
    jobs.forgetDone();
  }

  public void forgetCalls() {
    log.clear();
  }

  /** From now on other limits hold; what has been used of them stays used. */
  public void limits(Limits limits) {
    quotas.limits(limits);
  }

  @Override
  public void close() {
    rest.close();
    jobs.close();
    database.close();
  }
}
