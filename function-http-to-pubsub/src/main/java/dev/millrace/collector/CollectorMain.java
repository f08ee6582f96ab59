package dev.millrace.collector;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The collector in a process of its own, with the environment's settings, until it is ended. */
public final class CollectorMain {
  private static final System.Logger LOGGER = System.getLogger("millrace.collector");

  private CollectorMain() {}

  /** Ends with 2 where the environment's settings can't be used, and says why. */
  public static void main(String[] arguments) {
    Environment environment = Environment.ofProcess();
    try {
      Collector collector = environment.collector();
      CollectorServer server =
          CollectorServer.start(new InetSocketAddress(environment.port()), collector);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end"));
      LOGGER.log(
          System.Logger.Level.INFO, "The collector listens on port {0,number,#}.", server.port());
    } catch (IOException e) {
      if (environment.isOnCloudRun()) {
        LOGGER.log(System.Logger.Level.ERROR, "{0}", e.getMessage());
      } else {
        System.err.println("collector: " + e.getMessage());
      }
      System.exit(2);
    }
  }
}
