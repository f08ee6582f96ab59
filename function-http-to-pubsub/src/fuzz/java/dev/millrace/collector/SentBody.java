package dev.millrace.collector;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A body as a tree: what the collector is held to, which makes none.
 *
 * @param isText whether it is UTF-8 at all, and plainly written
 * @param document empty where the text is not one JSON object
 * @param items what should be events; null where there is no list of them
 */
record SentBody(boolean isText, Optional<JsonNode> document, List<JsonNode> items) {
  /** No number loses a digit in it. */
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100_000)
                          .maxNumberLength(100_000)
                          .maxNameLength(100_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final Pattern IMMENSE = Pattern.compile("[eE][+-]?[0-9]{6}");

  /** The collector knows this name as it is always written, and no other way. */
  private static final Pattern ESCAPED_BATCH = Pattern.compile("(?i)\\\\u00(62|61|74|63|68)");

  /** Whether a number in it may be beyond what a tree holds. */
  static boolean hasImmenseNumber(byte[] body) {
    return IMMENSE.matcher(new String(body, StandardCharsets.ISO_8859_1)).find();
  }

  static SentBody of(byte[] body, boolean single) {
    Optional<String> text = text(body);
    if (text.isEmpty()) {
      return new SentBody(false, Optional.empty(), null);
    }
    Optional<JsonNode> document = parse(text.get()).filter(JsonNode::isObject);
    List<JsonNode> items = null;
    if (single && document.isPresent()) {
      items = List.of(document.get());
    } else if (document.isPresent() && document.get().path("batch").isArray()) {
      items = new ArrayList<>();
      document.get().path("batch").forEach(items::add);
    }
    return new SentBody(true, document, items);
  }

  static boolean isUtf8(byte[] bytes) {
    return decoded(bytes).isPresent();
  }

  private static Optional<String> text(byte[] body) {
    return decoded(body)
        .map(text -> text.startsWith("\ufeff") ? text.substring(1) : text)
        .filter(text -> !ESCAPED_BATCH.matcher(text).find());
  }

  private static Optional<String> decoded(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
