package dev.millrace.embedded.pubsub;

import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The gRPC server on 127.0.0.1, with a bound on what it holds in memory. */
final class GrpcListener {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  // Larger than Pub/Sub's limit, so that what is over it gets a sentence and not a broken stream.
  private static final int MOST_INBOUND_BYTES = 16 << 20;
  private static final int CALLS_PER_CONNECTION = 8;
  private static final int THREADS = 8;
  // Google's Python client pings every 30 s, which gRPC's servers take for an attack by default.
  private static final int LEAST_SECONDS_BETWEEN_PINGS = 10;

  private final Server server;
  private final ExecutorService threads;

  private GrpcListener(Server server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  static GrpcListener start(EndpointSettings settings, PublisherService publisher)
      throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "publish"));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), settings.port());
    Server server =
        NettyServerBuilder.forAddress(address)
            .executor(threads)
            .maxInboundMessageSize(MOST_INBOUND_BYTES)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .permitKeepAliveTime(LEAST_SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .intercept(new ExplainUnimplemented(settings.names()))
            .addService(publisher)
            .addService(new SubscriberGrpc.SubscriberImplBase() {})
            .addService(new SchemaServiceGrpc.SchemaServiceImplBase() {})
            .build();
    try {
      server.start();
    } catch (IOException e) {
      threads.shutdown();
      throw new CannotStartException(
          "The port "
              + settings.port()
              + " of 127.0.0.1 can't be used; another program probably listens there. Stop it, or"
              + " choose another with --port (0 takes any free one).",
          e);
    }
    return new GrpcListener(server, threads);
  }

  int port() {
    return server.getPort();
  }

  /** Takes no new calls, and waits for those that are running, at most {@code patience}. */
  void close(Duration patience) throws InterruptedException {
    server.shutdown();
    if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination();
    }
    threads.shutdown();
    threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
