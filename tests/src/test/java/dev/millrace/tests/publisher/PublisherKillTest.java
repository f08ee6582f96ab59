package dev.millrace.tests.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.MillraceCommand;
import dev.millrace.tests.simulate.PulledSubscription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** An app is killed at random moments, while its broker comes and goes; its spool loses nothing. */
class PublisherKillTest {
  private static final String PROJECT = "publisher-kill";
  private static final String TOPIC = "events";
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int KILLS = Integer.getInteger("kills", 5);

  @TempDir Path folder;

  @Test
  void kill_losesNoEventThatWasSpooledOrReportedDelivered() throws Exception {
    long seed = Long.getLong("kill.seed", System.nanoTime());
    Random random = new Random(seed);
    Set<String> spooled = new TreeSet<>();
    Set<String> delivered = new TreeSet<>();
    try (PubSubEmulator emulator = PubSubEmulator.start();
        FaultyNetwork proxy = new FaultyNetwork(emulator.address());
        PulledSubscription pulled = PulledSubscription.create(emulator.address(), PROJECT, TOPIC)) {
      for (int kill = 0; kill < KILLS; kill++) {
        boolean away = random.nextInt(3) == 0;
        if (away) {
          proxy.goAway();
        }
        collect(killedAfter(random, proxy.address(), "life" + kill), spooled, delivered);
        if (away) {
          proxy.comeBack();
        }
      }
      Child last = start(proxy.address());
      Child.Finished finished = last.finish(PATIENCE);
      assertThat(finished.out()).as("seed %d: %s", seed, finished.err()).contains("left 0 ");
      collect(finished.out(), spooled, delivered);

      Set<String> arrived = ids(pulled.pull(delivered.size(), PATIENCE));
      assertThat(arrived).as("seed %d: delivered", seed).containsAll(delivered);
      assertThat(arrived).as("seed %d: spooled", seed).containsAll(spooled);
      assertThat(spooled).as("seed %d", seed).hasSizeGreaterThan(KILLS);
      System.out.printf(
          "%d kills, seed %d: %,d events were said to be spooled, %,d to be delivered; all arrived%n",
          KILLS, seed, spooled.size(), delivered.size());
    }
  }

  private String killedAfter(Random random, String address, String prefix) throws Exception {
    Child app = start(address, prefix);
    Eventually.until(
        "the app publishes",
        PATIENCE,
        () -> {
          if (!app.isAlive()) {
            throw new AssertionError("the app ended:\n" + app.out() + app.err());
          }
          return app.out().contains("S ");
        });
    LockSupport.parkNanos((long) (random.nextDouble() * 1_500_000_000));
    app.kill();
    return app.out();
  }

  private Child start(String address, String... prefix) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                MillraceCommand.classPath(),
                PublishingProcess.class.getName(),
                address,
                PROJECT,
                TOPIC,
                folder.toString()));
    command.addAll(List.of(prefix));
    return Child.start(command, Map.of());
  }

  /** The last line may be cut off by the kill. */
  private static void collect(String printed, Set<String> spooled, Set<String> delivered) {
    for (String line : printed.lines().filter(line -> line.matches("[SD] life.*")).toList()) {
      (line.startsWith("S ") ? spooled : delivered).add(line.substring(2));
    }
  }

  private static Set<String> ids(List<String> payloads) {
    return payloads.stream()
        .map(payload -> JsonMapper.shared().readTree(payload).get("messageId").asString())
        .collect(Collectors.toSet());
  }
}
