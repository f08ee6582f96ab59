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
 * @param items values that should be events; of a batch, none has been checked
 * @param type that the path gives to the one event; null for a batch
 * @param shared the envelope's own fields; empty for a single event, which is its own envelope
 * @param writeKey in the body
 */
public record Envelope(
    List<Slice> items, String type, Map<String, JsonValue> shared, Optional<String> writeKey) {
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
      return new Envelope(List.of(document), single.type(), Map.of(), writeKey(fields(document)));
    }
    BatchOutline outline = BatchOutline.of(document, MOST_ITEMS);
    Map<String, JsonValue> shared = fields(outline.envelope());
    if (outline.events() == null) {
      throw new RefusedException(Refusal.NO_BATCH);
    }
    return new Envelope(outline.events(), null, shared, writeKey(shared));
  }

  private static Map<String, JsonValue> fields(Slice document) throws RefusedException {
    try {
      return JsonScan.fields(document);
    } catch (RefusedException e) {
      throw e.refusal() == Refusal.NOT_AN_OBJECT ? new RefusedException(Refusal.MALFORMED) : e;
    }
  }

  /** How many bytes each event gets from the envelope, at most. */
  int sharedBytes() {
    return length("context") + length("integrations");
  }

  private int length(String name) {
    JsonValue value = shared.get(name);
    return value == null ? 0 : value.slice().length();
  }

  private static Optional<String> writeKey(Map<String, JsonValue> fields) {
    return Optional.ofNullable(fields.get("writeKey")).map(JsonValue::text);
  }

  private static Slice withoutMark(byte[] body) {
    boolean marked =
        body.length >= UTF8_MARK_BYTES
            && body[0] == (byte) 0xef
            && body[1] == (byte) 0xbb
            && body[2] == (byte) 0xbf;
    return new Slice(body, marked ? UTF8_MARK_BYTES : 0, body.length);
  }
}
