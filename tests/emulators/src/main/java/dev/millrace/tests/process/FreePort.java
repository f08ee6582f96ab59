package dev.millrace.tests.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of this machine that nothing listens on. */
public final class FreePort {
  private FreePort() {}

  /** Free a moment ago; the system gives others before it gives this one again. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
