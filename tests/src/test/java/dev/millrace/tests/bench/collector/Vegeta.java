package dev.millrace.tests.bench.collector;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody else's load generator (github.com/tsenart/vegeta), as a check of ours. Its times count
 * from when a request is sent.
 */
record Vegeta(Path program) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final double NANOS_IN_A_MILLI = 1e6;

  /**
   * Posts a body again and again.
   *
   * @param perSecond how many in all; 0 for as many as go on 8 connections
   */
  Outcome run(int port, String body, int seconds, int perSecond)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("vegeta");
    Path target = folder.resolve("target");
    Path results = folder.resolve("results");
    try {
      Files.writeString(target, target(port, body) + "\n");
      List<String> attack =
          new ArrayList<>(
              List.of(
                  program.toString(),
                  "attack",
                  "-format=json",
                  "-targets=" + target,
                  "-output=" + results,
                  "-duration=" + seconds + "s",
                  "-rate=" + perSecond + "/1s"));
      if (perSecond == 0) {
        attack.add("-max-workers=8");
      }
      printed(attack);
      return outcome(
          JsonMapper.shared()
              .readTree(
                  printed(
                      List.of(program.toString(), "report", "-type=json", results.toString()))));
    } finally {
      Files.deleteIfExists(target);
      Files.deleteIfExists(results);
      Files.deleteIfExists(folder);
    }
  }

  private static String target(int port, String body) {
    Base64.Encoder base64 = Base64.getEncoder();
    String key =
        base64.encodeToString((SinkCollector.KEY + ":").getBytes(StandardCharsets.US_ASCII));
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "method",
                "POST",
                "url",
                "http://127.0.0.1:" + port + "/v1/batch",
                "header",
                Map.of("Authorization", List.of("Basic " + key)),
                "body",
                base64.encodeToString(body.getBytes(StandardCharsets.UTF_8))));
  }

  private static String printed(List<String> command) throws IOException, InterruptedException {
    try (Child child = Child.start(command, Map.of())) {
      Child.Finished finished = child.finish(PATIENCE);
      if (finished.exitCode() != 0) {
        throw new IOException(command + " failed:\n" + finished.out() + finished.err());
      }
      return finished.out();
    }
  }

  private static Outcome outcome(JsonNode report) {
    JsonNode latencies = report.path("latencies");
    long all = report.path("requests").asLong();
    return new Outcome(
        all / ((report.path("duration").asLong() + report.path("wait").asLong()) / 1e9),
        latencies.path("50th").asDouble() / NANOS_IN_A_MILLI,
        latencies.path("99th").asDouble() / NANOS_IN_A_MILLI,
        all - report.path("status_codes").path("200").asLong());
  }
}
