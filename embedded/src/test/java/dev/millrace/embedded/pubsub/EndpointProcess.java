package dev.millrace.embedded.pubsub;

import java.nio.file.Path;
import java.time.Duration;

/** An endpoint in a process of its own, to be killed. Ends by itself when its input does. */
final class EndpointProcess {
  private EndpointProcess() {}

  public static void main(String[] arguments) throws Exception {
    EndpointSettings settings =
        Pipeline.TEXT.withLimits(new BatchLimits(Duration.ofSeconds(1), 100_000, 1_000));
    try (PubSubEndpoint endpoint =
        PubSubEndpoint.builder(Path.of(arguments[0]), settings).start()) {
      System.out.println(endpoint.port());
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }
}
