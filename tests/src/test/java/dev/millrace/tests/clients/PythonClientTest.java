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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's own Pub/Sub client for Python, from PyPI, publishes to {@code millrace local}. */
@Tag("once")
class PythonClientTest {
  private static final int EVENTS = 500;
  private static String python;

  @BeforeAll
  static void installTheClient() throws Exception {
    python =
        Tool.run(
            "install Python 3.9 or newer with venv (Debian and Ubuntu: apt install python3-venv).",
            "python3",
            Tool.file("../scripts/lib/python_environment.py").toString(),
            Tool.file("src/test/python/requirements.txt").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "text"})
  void events_publishedByGooglesPythonClient_areInTheTablesOnce(String format, @TempDir Path folder)
      throws Exception {
    CheckedEvents events = new CheckedEvents("python", EVENTS);
    Path file = events.writeTo(folder.resolve("events.jsonl"));
    try (LocalPipeline pipeline =
            LocalPipeline.in(folder.resolve("pipeline"), "--format", format).start();
        Child publisher =
            Child.startReading(
                file,
                List.of(
                    python,
                    Tool.file("src/test/python/publish.py").toString(),
                    LocalPipeline.PROJECT,
                    LocalPipeline.TOPIC),
                Map.of("PUBSUB_EMULATOR_HOST", pipeline.address()))) {

      Child.Finished published = publisher.finish(Duration.ofMinutes(2));

      assertThat(published.out() + published.err()).isEqualTo(EVENTS + " acknowledged\n");
      events.assertLoadedInto(pipeline.dataset());
    }
  }
}
