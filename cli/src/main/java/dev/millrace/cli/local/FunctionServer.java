package dev.millrace.cli.local;

import com.google.cloud.functions.invoker.runner.Invoker;
import dev.millrace.cli.console.Failure;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The functions framework's own server with a function in it, reachable from this machine alone.
 *
 * <p>The framework binds every interface and has no option for it. It loads the function's class
 * after it has made its connector and before it opens the port: that is when the connector is told
 * to bind 127.0.0.1, so there is no moment at which another machine could reach it. Should a
 * release of the framework do otherwise, starting fails.
 */
final class FunctionServer implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(FunctionServer.class.getName());
  private static final String LOOPBACK = "127.0.0.1";

  private final Invoker invoker;
  private final int port;

  private FunctionServer(Invoker invoker, int port) {
    this.invoker = invoker;
    this.port = port;
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param port where it listens; 0 for any free port
   * @param functionClass the function's class, as {@code FUNCTION_TARGET} would name it
   */
  static FunctionServer start(int port, String functionClass) {
    BeforeFunctionLoads loader = new BeforeFunctionLoads(functionClass);
    Invoker invoker = new Invoker(port, functionClass, "http", loader);
    loader.hook = () -> keepToLoopback(connector(invoker));
    try {
      invoker.startTestServer();
      return new FunctionServer(invoker, boundPort(invoker));
    } catch (Exception e) {
      stopIfMade(invoker);
      if (isPortTaken(e)) {
        throw Failure.failed(
            "port %d for the function is in use; choose another with --function-port, or 0 for any"
                .formatted(port),
            e);
      }
      throw Failure.failed("the function's server did not start: " + rootMessage(e), e);
    }
  }

  /** Where the function is called. */
  URI address() {
    return URI.create("http://" + LOOPBACK + ":" + port + "/");
  }

  /** Stops; a call that is running is cut off, and whoever made it has to make it again. */
  @Override
  public void close() {
    try {
      invoker.stopServer();
    } catch (Exception e) {
      throw Failure.failed("the function's server did not stop: " + rootMessage(e), e);
    }
  }

  private static void keepToLoopback(ServerConnector connector) {
    if (connector.isStarted() || connector.isOpen()) {
      throw new IllegalStateException("the port was open before it could be kept to this machine");
    }
    connector.setHost(LOOPBACK);
    // Shared ports would let a second pipeline take half of the first one's calls.
    connector.setReusePort(false);
  }

  private static int boundPort(Invoker invoker) throws IOException {
    ServerConnector connector = connector(invoker);
    if (connector.getTransport() instanceof ServerSocketChannel channel
        && channel.getLocalAddress() instanceof InetSocketAddress address
        && address.getAddress().isLoopbackAddress()) {
      return address.getPort();
    }
    throw new IllegalStateException("it is reachable from other machines");
  }

  private static ServerConnector connector(Invoker invoker) {
    Connector[] connectors = server(invoker).getConnectors();
    if (connectors.length == 1 && connectors[0] instanceof ServerConnector connector) {
      return connector;
    }
    throw new IllegalStateException("it has other connectors than the framework's one");
  }

  private static Server server(Invoker invoker) {
    try {
      Field field = Invoker.class.getDeclaredField("server");
      field.setAccessible(true);
      if (field.get(invoker) instanceof Server server) {
        return server;
      }
      throw new IllegalStateException("the framework has not made its server yet");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this release of the framework hides its server", e);
    }
  }

  private static void stopIfMade(Invoker invoker) {
    try {
      server(invoker).stop();
    } catch (Exception e) {
      LOGGER.log(System.Logger.Level.DEBUG, "a server that did not start did not stop either", e);
    }
  }

  private static boolean isPortTaken(Throwable failure) {
    return failure != null && (failure instanceof BindException || isPortTaken(failure.getCause()));
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** Finds every class where its parent does, and tells before it hands out the function's. */
  private static final class BeforeFunctionLoads extends ClassLoader {
    private final String functionClass;
    private Runnable hook;

    private BeforeFunctionLoads(String functionClass) {
      super(FunctionServer.class.getClassLoader());
      this.functionClass = functionClass;
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
      if (name.equals(functionClass)) {
        hook.run();
      }
      return super.loadClass(name);
    }
  }
}
