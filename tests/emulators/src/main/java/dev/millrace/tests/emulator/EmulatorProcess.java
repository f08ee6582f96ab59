package dev.millrace.tests.emulator;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A server as a process of ours, killed when it is closed and when this JVM ends. */
final class EmulatorProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONNECT_MILLIS = 1_000;

  private final Child child;
  private final Thread atExit;

  private EmulatorProcess(Child child) {
    this.child = child;
    this.atExit = new Thread(child::close, "kill-emulator");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param name for failures
   * @param environment on top of this process's own
   */
  static EmulatorProcess start(
      String name, List<String> command, Map<String, String> environment, Callable<Boolean> ready)
      throws Exception {
    EmulatorProcess process = new EmulatorProcess(Child.start(command, environment));
    Child child = process.child;
    try {
      Eventually.until(
          name + " is ready",
          PATIENCE,
          () -> {
            if (!child.isAlive()) {
              throw new AssertionError(name + " ended:\n" + child.out() + child.err());
            }
            return ready.call();
          });
    } catch (Exception | AssertionError e) {
      process.close();
      throw e;
    }
    return process;
  }

  /** Whether a port of this machine is listened on. */
  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an address answers 200. */
  static boolean answers(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(CONNECT_MILLIS);
    try {
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } finally {
      connection.disconnect();
    }
  }

  @Override
  public void close() {
    child.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and its hooks are running.
      return;
    }
  }
}
