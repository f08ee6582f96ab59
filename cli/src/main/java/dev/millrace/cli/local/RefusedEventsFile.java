package dev.millrace.cli.local;

import dev.millrace.collector.topic.EventTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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

/**
 * The dead-letter topic of a collector on this machine: a file, one JSON object a line, with the
 * event as text, or in base64 where it is none.
 */
final class RefusedEventsFile implements EventTopic {
  private final Path file;

  RefusedEventsFile(Path file) {
    this.file = file;
  }

  @Override
  public synchronized CompletionStage<Void> publish(byte[] data, Map<String, String> attributes) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    new TreeMap<>(attributes).forEach(line::put);
    try {
      line.put(
          "event", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
    } catch (CharacterCodingException e) {
      line.put("event_base64", data);
    }
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
