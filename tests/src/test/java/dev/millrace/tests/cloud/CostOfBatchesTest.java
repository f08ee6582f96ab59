package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code millrace cost} reads the traffic of a dataset in BigQuery. */
@Tag("once")
class CostOfBatchesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void theBatchesOfADataset_areTakenForTheMonth() throws Exception {
    try (Cloud cloud = Cloud.start()) {
      Deployment deployment = cloud.deploy();
      Map<BatchRef, ScriptedBatch> landed = cloud.land(BatchScript.of(23, 2, 40, 1, 1).all());
      for (BatchRef batch : landed.keySet()) {
        assertThat(deployment.loader().load(batch, PATIENCE)).isInstanceOf(Loaded.class);
      }
      long events = landed.values().stream().mapToLong(ScriptedBatch::read).sum();
      long bytes = landed.values().stream().mapToLong(batch -> batch.avro().length).sum();

      JsonNode workload = cost(deployment).get("workload");

      assertThat(workload.get("events").asLong()).isEqualTo(events);
      assertThat(workload.get("bytes_per_event").asLong())
          .isEqualTo(Math.round((double) bytes / events));
      assertThat(workload.get("measured").asString()).contains(deployment.dataset());
    }
  }

  private JsonNode cost(Deployment deployment) throws Exception {
    Map<String, String> environment = deployment.environment(folder, "");
    String settings = environment.get("MILLRACE_SETTINGS");
    try (Child child =
        MillraceCommand.start(environment, "cost", "--json", "--settings", settings)) {
      Child.Finished finished = child.finish(PATIENCE);
      assertThat(finished.exitCode()).as(finished.err()).isZero();
      return JsonMapper.shared().readTree(finished.out());
    }
  }
}
