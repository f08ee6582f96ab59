package dev.millrace.cli.local;

import dev.millrace.collector.topic.EventTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The dead-letter topic of a collector on this machine: a file, one JSON object a line. */
final class RefusedEventsFile implements EventTopic {
  private final Path file;

  RefusedEventsFile(Path file) {
    this.file = file;
  }

  @Override
  public synchronized CompletionStage<Void> publish(byte[] data, Map<String, String> attributes) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    new TreeMap<>(attributes).forEach(line::put);
    line.put("event", new String(data, StandardCharsets.UTF_8));
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
