package dev.millrace.tests.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code millrace simulate} publishes to Google's Pub/Sub emulator. */
@Tag("once")
class SimulateTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PROJECT = "simulated-project";

  private static PubSubEmulator emulator;

  @BeforeAll
  static void startEmulator() throws Exception {
    emulator = PubSubEmulator.start();
  }

  @AfterAll
  static void stopEmulator() {
    emulator.close();
  }

  @Test
  void everyEvent_reachesASubscriptionOnce_asItIsPrinted() throws Exception {
    List<String> printed =
        finish(MillraceCommand.start("simulate", "--print", "--events", "2000", "--seed", "7"))
            .out()
            .lines()
            .toList();
    try (PulledSubscription subscription =
            PulledSubscription.create(emulator.address(), PROJECT, "simulated-events");
        Child simulate =
            MillraceCommand.start(
                "simulate",
                "--endpoint",
                emulator.address(),
                "--project",
                PROJECT,
                "--topic",
                "simulated-events",
                "--events",
                "2000",
                "--seed",
                "7")) {

      finish(simulate);

      assertThat(subscription.pull(2000, PATIENCE)).containsExactlyInAnyOrderElementsOf(printed);
    }
  }

  @Test
  void aTopicThatIsNotThere_endsWithASentenceAndExitCode1() throws Exception {
    try (Child simulate =
        MillraceCommand.start(
            "simulate",
            "--endpoint",
            emulator.address(),
            "--project",
            PROJECT,
            "--topic",
            "no-such-topic",
            "--events",
            "3")) {
      Child.Finished finished = simulate.finish(PATIENCE.multipliedBy(2));

      assertThat(finished.exitCode()).isEqualTo(1);
      assertThat(finished.err()).contains("3 events not acknowledged").doesNotContain("\tat ");
    }
  }

  private static Child.Finished finish(Child child) throws InterruptedException {
    Child.Finished finished = child.finish(PATIENCE);
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    return finished;
  }
}
