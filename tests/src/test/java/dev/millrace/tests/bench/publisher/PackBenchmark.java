package dev.millrace.tests.bench.publisher;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.WhenFull;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.publisher.pubsub.PubSubTransportBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What Pub/Sub would bill for the same events, packed and not: bytes of the messages. */
final class PackBenchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What Pub/Sub counts for a request at least. */
  private static final long LEAST_BILLED_BYTES = 1_000;

  private PackBenchmark() {}

  /** A file of events, a line each. */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Bill plain = publish(file, false);
    Bill packed = publish(file, true);
    System.out.printf(
        Locale.ROOT,
        """
        %-10s %,14d messages in %,8d requests, %,14d bytes billed, %.1f s
        %-10s %,14d messages in %,8d requests, %,14d bytes billed, %.1f s
        packed is %.1f times cheaper
        """,
        "plain",
        plain.messages.get(),
        plain.requests.get(),
        plain.bytes.get(),
        plain.seconds,
        "packed",
        packed.messages.get(),
        packed.requests.get(),
        packed.bytes.get(),
        packed.seconds,
        (double) plain.bytes.get() / packed.bytes.get());
    System.exit(0);
  }

  private static Bill publish(Path file, boolean packed) throws Exception {
    Bill bill = new Bill();
    Server server = ServerBuilder.forPort(0).addService(bill).build().start();
    PubSubTransportBuilder transport =
        PubSubTransport.builder("project", "topic").endpoint("127.0.0.1:" + server.getPort());
    if (packed) {
      transport.packed();
    }
    long start = System.nanoTime();
    try (Publisher publisher =
            Publisher.builder(transport.build()).whenFull(WhenFull.blockUpTo(PATIENCE)).build();
        BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        publisher.publishRaw(line.getBytes(StandardCharsets.UTF_8));
      }
      publisher.flush(PATIENCE);
    }
    bill.seconds = (System.nanoTime() - start) / 1e9;
    server.shutdownNow();
    return bill;
  }

  /** A broker that counts what it would bill: data and attributes of each message. */
  private static final class Bill extends PublisherGrpc.PublisherImplBase {
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private double seconds;

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
      PublishResponse.Builder response = PublishResponse.newBuilder();
      long requestBytes = 0;
      for (int i = 0; i < request.getMessagesCount(); i++) {
        requestBytes += request.getMessages(i).getSerializedSize();
        response.addMessageIds(Long.toString(messages.incrementAndGet()));
      }
      requests.incrementAndGet();
      bytes.addAndGet(Math.max(LEAST_BILLED_BYTES, requestBytes));
      answer.onNext(response.build());
      answer.onCompleted();
    }
  }
}
