package dev.millrace.tests.publisher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A TCP proxy on loopback that cuts, resets and delays connections, and goes away altogether. */
final class FaultyNetwork implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final int BUFFER_BYTES = 64 << 10;

  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean away;

  /**
   * @param target {@code host:port} of a server on this machine
   */
  FaultyNetwork(String target) throws IOException {
    int colon = target.lastIndexOf(':');
    this.target =
        new InetSocketAddress(
            target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
    daemon("accept", this::accept);
  }

  /** For {@code PUBSUB_EMULATOR_HOST}. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Each piece of data waits so long from now on. */
  void delay(Duration each) {
    delay = each;
  }

  /** Ends every connection as a peer does that closes it. */
  void cut() {
    open.forEach(FaultyNetwork::closeQuietly);
  }

  /** Ends every connection by a reset: what was under way is lost. */
  void reset() {
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already.
        continue;
      }
      closeQuietly(socket);
    }
    open.removeIf(Socket::isClosed);
  }

  /** Resets every connection, and each new one at once. */
  void goAway() {
    away = true;
    reset();
  }

  /** Forwards connections again. */
  void comeBack() {
    away = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        if (away) {
          reset();
          continue;
        }
        Socket upstream = new Socket();
        open.add(upstream);
        upstream.connect(target);
        daemon("up", () -> copy(client, upstream));
        daemon("down", () -> copy(upstream, client));
      } catch (IOException e) {
        // The proxy is closed, or the target is away: the client finds out by itself.
        continue;
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        LockSupport.parkNanos(delay.toNanos());
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // This is what the proxy is for.
      return;
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void daemon(String what, Runnable work) {
    Thread thread = new Thread(work, "faulty-network-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    goAway();
    server.close();
  }
}
