package dev.millrace.loader.settings;

import dev.millrace.loader.ports.LoadException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads YAML into nodes that know their lines; refuses what can grow in memory. */
final class YamlFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 20;

  private YamlFile() {}

  /** The file's one document, or null if the file says nothing. */
  static Node read(byte[] content, Problems problems) throws LoadException {
    if (content.length > MAX_BYTES) {
      problems.add(
          Optional.empty(),
          "the file has %d bytes; settings have %d at most".formatted(content.length, MAX_BYTES));
      problems.throwIfAny();
    }
    String text = text(content, problems);
    LoadSettings settings = LoadSettings.builder().build();
    try {
      checkShape(new Parse(settings).parseString(text), problems);
      return new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark().or(e::getContextMark), "this is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(Optional.empty(), "this is not YAML: " + e.getMessage());
    }
    problems.throwIfAny();
    throw new IllegalStateException("a problem was added");
  }

  private static String text(byte[] content, Problems problems) throws LoadException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      problems.add(Optional.empty(), "the file is not UTF-8; save it as such");
      problems.throwIfAny();
      throw new IllegalStateException("a problem was added", e);
    }
  }

  private static void checkShape(Iterable<Event> events, Problems problems) throws LoadException {
    int depth = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case Alias ->
            problems.add(
                event.getStartMark(),
                "the alias *%s is not taken; write out what it stands for"
                    .formatted(((AliasEvent) event).getAlias()));
        case MappingStart, SequenceStart -> {
          depth++;
          if (depth > MAX_DEPTH) {
            problems.add(event.getStartMark(), "no setting is nested as deep as this");
            problems.throwIfAny();
          }
        }
        case MappingEnd, SequenceEnd -> depth--;
        case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
      }
    }
    problems.throwIfAny();
  }
}
