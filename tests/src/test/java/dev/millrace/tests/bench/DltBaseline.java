package dev.millrace.tests.bench;

import dev.millrace.tests.process.Child;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * dlt's extract and normalise in a process of its own, on the same cores as this one. Python's
 * start and its imports don't count.
 */
record DltBaseline(String python, Path script, Path file) implements Contestant {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @Override
  public String name() {
    return "dlt 1.31, extract + normalise";
  }

  @Override
  public int passesPerRound() {
    return 1;
  }

  @Override
  public double pass() throws Exception {
    try (Child dlt = Child.start(List.of(python, script.toString(), file.toString()), Map.of())) {
      Child.Finished finished = dlt.finish(PATIENCE);
      if (finished.exitCode() != 0) {
        throw new IllegalStateException(finished.out() + finished.err());
      }
      JsonNode stages = JsonMapper.builder().build().readTree(finished.out());
      return stages.get("extract_normalize_cpu_s").asDouble();
    }
  }
}
