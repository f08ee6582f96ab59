package dev.millrace.tests.bigquery.rest;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.duckdb.Database;
import dev.millrace.tests.bigquery.faults.CallLog;
import dev.millrace.tests.bigquery.faults.Faults;
import dev.millrace.tests.bigquery.jobs.Jobs;
import dev.millrace.tests.bigquery.load.Loads;
import dev.millrace.tests.bigquery.quotas.Quotas;
import dev.millrace.tests.bigquery.sql.Queries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP server, on the loopback address alone. */
public final class RestServer implements AutoCloseable {
  static {
    // Otherwise answers on kept connections wait for the client's delayed acknowledgement, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "strict-bigquery");
            thread.setDaemon(true);
            return thread;
          });

  private RestServer(HttpServer server) {
    this.server = server;
  }

  /** What calls are answered from. */
  public record World(
      Catalog catalog, Database database, Quotas quotas, Loads loads, Queries queries, Jobs jobs) {}

  /**
   * @param port 0 for any that is free
   * @param loadTime how long a load job takes besides its work
   */
  public static RestServer start(
      int port, World world, Duration loadTime, Faults faults, CallLog log) throws IOException {
    RestServer rest =
        new RestServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    JobIds ids = new JobIds();
    Router router =
        new Router(
            new DatasetCalls(world.catalog()),
            new TableCalls(world.catalog(), world.database()),
            new LoadCalls(
                world.catalog(), world.quotas(), world.loads(), world.jobs(), ids, loadTime),
            new QueryCalls(world.queries(), world.jobs(), ids),
            world.jobs());
    ApiCalls api = new ApiCalls(router, faults, log);
    rest.server.createContext(ApiCalls.PREFIX, api::handle);
    rest.server.createContext("/_", new ControlCalls(faults, log)::handle);
    rest.server.createContext("/", api::refuse);
    rest.server.setExecutor(rest.threads);
    rest.server.start();
    return rest;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
