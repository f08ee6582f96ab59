package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the endpoint's process in the middle of publishing, again and again. */
class KillTest {
  private static final int KILLS = 6;
  private static final int PUBLISHERS = 4;
  private static final long SEED = 20261123;

  @TempDir Path folder;
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Random random = new Random(SEED);

  @Test
  void everyAcknowledgedMessage_isInExactlyOneObjectAfterKills() throws Exception {
    for (int run = 0; run < KILLS; run++) {
      publishUntilKilled(run);
    }
    PubSubEndpoint.builder(folder, Pipeline.TEXT).start().close();

    List<String> lines = Pipeline.lines(folder);
    assertThat(lines).as("seed %d", SEED).doesNotHaveDuplicates();
    assertThat(acknowledged).hasSizeGreaterThan(KILLS * 100);
    assertThat(lines).as("seed %d", SEED).containsAll(acknowledged);
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  private void publishUntilKilled(int run) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EndpointProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int port = portOf(process);
      // Killed after a number of publishes, not after a time, so that a slow machine tests the
      // same.
      CountDownLatch publishesLeft = new CountDownLatch(20 + random.nextInt(400));
      List<Thread> publishers = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        String prefix = run + "-" + i + "-";
        Thread thread = new Thread(() -> publish(port, prefix, publishesLeft));
        thread.start();
        publishers.add(thread);
      }
      publishesLeft.await();
      process.destroyForcibly().waitFor();
      for (Thread each : publishers) {
        each.join();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static int portOf(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return Integer.parseInt(output.readLine());
  }

  private void publish(int port, String prefix, CountDownLatch left) {
    try (Client client = new Client(port)) {
      for (int i = 0; true; i++) {
        String[] payloads = new String[10];
        for (int j = 0; j < payloads.length; j++) {
          payloads[j] = prefix + i + "-" + j + "-" + "x".repeat(j * 20);
        }
        client.publish(payloads);
        acknowledged.addAll(List.of(payloads));
        left.countDown();
      }
    } catch (StatusRuntimeException e) {
      // The process is killed: what this call carried may be in an object or not.
      assertThat(e.getStatus().getCode()).isNotNull();
    }
  }
}
