package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import dev.millrace.collector.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A body: its events, and what it says of all of them.
 *
 * @param items values that should be events
 * @param type that the path gives to the one event; null for a batch
 * @param shared the envelope's own fields; empty for a single event, which is its own envelope
 * @param writeKey in the body
 */
public record Envelope(
    List<JsonValue> items, String type, Map<String, JsonValue> shared, Optional<String> writeKey) {
  private static final int MOST_ITEMS = 2_500;
  private static final int UTF8_MARK_BYTES = 3;

  /**
   * Reads a body.
   *
   * @throws RefusedException if it is not what the route takes
   */
  public static Envelope read(byte[] body, Route route) throws RefusedException {
    Slice document = withoutMark(body);
    if (route instanceof Route.Single single) {
      Map<String, JsonValue> fields = JsonScan.fields(document);
      int levels = fields.values().stream().mapToInt(JsonValue::levels).max().orElse(0);
      JsonValue item = new JsonValue(document, JsonValue.Kind.OBJECT, null, levels + 1);
      return new Envelope(List.of(item), single.type(), Map.of(), writeKey(fields));
    }
    JsonScan.Top top = JsonScan.top(document, MOST_ITEMS);
    if (top.batch() == null) {
      throw new RefusedException(Refusal.NO_BATCH);
    }
    return new Envelope(top.batch(), null, top.fields(), writeKey(top.fields()));
  }

  private static Optional<String> writeKey(Map<String, JsonValue> fields) {
    return Optional.ofNullable(fields.get("writeKey")).map(JsonValue::text);
  }

  /** Places of bytes can be told in UTF-8 alone, so the parser must not find another encoding. */
  private static Slice withoutMark(byte[] body) throws RefusedException {
    boolean marked =
        body.length >= UTF8_MARK_BYTES
            && body[0] == (byte) 0xef
            && body[1] == (byte) 0xbb
            && body[2] == (byte) 0xbf;
    int from = marked ? UTF8_MARK_BYTES : 0;
    for (int i = from; i < Math.min(body.length, from + 4); i++) {
      if (body[i] == 0 || body[i] == (byte) 0xfe || body[i] == (byte) 0xff) {
        throw new RefusedException(Refusal.MALFORMED);
      }
    }
    return new Slice(body, from, body.length);
  }
}
