package dev.millrace.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.LocalPipeline;
import dev.millrace.tests.process.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's own Pub/Sub client for Go, from the Go proxy, publishes to {@code millrace local}. */
@Tag("once")
class GoClientTest {
  private static final int EVENTS = 500;
  @TempDir private static Path built;

  @BeforeAll
  static void buildTheProgram() throws Exception {
    Tool.run(
        "install Go 1.21 or newer (https://go.dev/dl).",
        "go",
        "-C",
        Tool.file("src/test/go").toString(),
        "build",
        "-o",
        built.resolve("publish").toString(),
        ".");
  }

  @Test
  void events_publishedByGooglesGoClient_areInTheTablesOnce(@TempDir Path folder) throws Exception {
    CheckedEvents events = new CheckedEvents("go", EVENTS);
    Path file = events.writeTo(folder.resolve("events.jsonl"));
    try (LocalPipeline pipeline = LocalPipeline.in(folder.resolve("pipeline")).start();
        Child publisher =
            Child.startReading(
                file,
                List.of(
                    built.resolve("publish").toString(),
                    LocalPipeline.PROJECT,
                    LocalPipeline.TOPIC),
                Map.of("PUBSUB_EMULATOR_HOST", pipeline.address()))) {

      Child.Finished published = publisher.finish(Duration.ofMinutes(2));

      assertThat(published.out() + published.err()).isEqualTo(EVENTS + " acknowledged\n");
      events.assertLoadedInto(pipeline.dataset());
    }
  }
}
