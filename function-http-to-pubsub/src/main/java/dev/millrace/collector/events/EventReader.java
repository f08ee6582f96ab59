package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes of each item of a body the event that goes to the topic. Thread-safe. */
public final class EventReader {
  private static final int MOST_LEVELS = 100;
  private static final int MOST_PROPERTIES = 10_000;
  private static final int LONGEST_MESSAGE_ID = 100;

  private final Supplier<String> newMessageIds;
  private final Predicate<String> suppressed;

  /**
   * @param newMessageIds for events that have none
   * @param suppressed whether events of a user id must not be stored
   */
  public EventReader(Supplier<String> newMessageIds, Predicate<String> suppressed) {
    this.newMessageIds = newMessageIds;
    this.suppressed = suppressed;
  }

  /** What becomes of one of the envelope's items. */
  public EventOutcome read(Envelope envelope, int index, Call call) {
    Slice item = envelope.items().get(index);
    try {
      Map<String, JsonValue> fields = JsonScan.fields(item);
      // Before all else, for what is refused is kept too.
      if (isSuppressed(fields, "userId") || isSuppressed(fields, "previousId")) {
        return new EventOutcome.Suppressed();
      }
      Optional<Refusal> unfit =
          tooLarge(envelope, item, call)
              .or(() -> tooMuch(fields))
              .or(() -> against(envelope, fields, call));
      return unfit.isPresent()
          ? new EventOutcome.Refused(unfit.get(), item.copy())
          : new EventOutcome.Accepted(write(envelope, fields, call));
    } catch (RefusedException e) {
      return new EventOutcome.Refused(e.refusal(), item.copy());
    }
  }

  private static Optional<Refusal> tooLarge(Envelope envelope, Slice item, Call call) {
    int most = call.settings().eventBytes();
    return item.length() > most || envelope.sharedBytes() > most
        ? Optional.of(Refusal.EVENT_TOO_LARGE)
        : Optional.empty();
  }

  private static Optional<Refusal> tooMuch(Map<String, JsonValue> fields) {
    int levels = 1;
    int all = fields.size();
    for (JsonValue value : fields.values()) {
      levels = Math.max(levels, 1 + value.inside().levels());
      all += value.inside().fields();
    }
    if (levels > MOST_LEVELS) {
      return Optional.of(Refusal.NESTED_TOO_DEEP);
    }
    return all > MOST_PROPERTIES ? Optional.of(Refusal.TOO_MANY_PROPERTIES) : Optional.empty();
  }

  private static Optional<Refusal> against(
      Envelope envelope, Map<String, JsonValue> fields, Call call) {
    if (call.settings().strict()) {
      String type = envelope.type() == null ? text(fields, "type") : envelope.type();
      Optional<Refusal> missing = SpecCheck.of(type, fields);
      if (missing.isPresent()) {
        return missing;
      }
    }
    String messageId = text(fields, "messageId");
    return messageId != null && messageId.length() > LONGEST_MESSAGE_ID
        ? Optional.of(Refusal.MESSAGE_ID_TOO_LONG)
        : Optional.empty();
  }

  private byte[] write(Envelope envelope, Map<String, JsonValue> fields, Call call)
      throws RefusedException {
    ObjectWriter event = new ObjectWriter(fields);
    if (envelope.type() != null) {
      event.put("type", envelope.type());
    }
    if (fields.get("messageId") == null || !fields.get("messageId").identifies()) {
      event.put("messageId", newMessageIds.get());
    }
    times(event, envelope, fields, call);
    JsonValue integrations = envelope.shared().get("integrations");
    if (integrations != null) {
      event.merge("integrations", integrations);
    }
    new ContextWriter(call).write(event, fields.get("context"), envelope.shared().get("context"));
    // What the client tells the server of itself, and what the server alone may say.
    event.remove("writeKey");
    event.remove("_metadata");
    event.put("source", call.source());
    return event.bytes();
  }

  private static void times(
      ObjectWriter event, Envelope envelope, Map<String, JsonValue> fields, Call call) {
    JsonValue original =
        isSaid(fields.get("timestamp")) ? fields.get("timestamp") : fields.get("originalTimestamp");
    JsonValue sent =
        isSaid(fields.get("sentAt")) ? fields.get("sentAt") : envelope.shared().get("sentAt");
    if (isSaid(original)) {
      event.put("originalTimestamp", original.slice());
    }
    if (isSaid(sent)) {
      event.put("sentAt", sent.slice());
    }
    event.put(
        "timestamp",
        EventTimes.timestamp(
                original == null ? null : original.text(),
                sent == null ? null : sent.text(),
                call.receivedAt())
            .toString());
    event.put("receivedAt", call.receivedAt().toString());
  }

  private static boolean isSaid(JsonValue value) {
    return value != null && value.kind() != JsonValue.Kind.NULL;
  }

  private boolean isSuppressed(Map<String, JsonValue> fields, String name) {
    String id = text(fields, name);
    return id != null && suppressed.test(id);
  }

  private static String text(Map<String, JsonValue> fields, String name) {
    JsonValue value = fields.get(name);
    return value == null ? null : value.text();
  }
}
