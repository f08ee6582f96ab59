package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes of each item of a body the event that goes to the topic. Thread-safe. */
public final class EventReader {
  private static final int MOST_LEVELS = 100;
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
    JsonValue item = envelope.items().get(index);
    Optional<Refusal> unfit = unfit(item, call);
    if (unfit.isPresent()) {
      return new EventOutcome.Refused(unfit.get(), item.slice().copy());
    }
    try {
      Map<String, JsonValue> fields = new LinkedHashMap<>(JsonScan.fields(item.slice()));
      return read(envelope, item, fields, call);
    } catch (RefusedException e) {
      return new EventOutcome.Refused(e.refusal(), item.slice().copy());
    }
  }

  private static Optional<Refusal> unfit(JsonValue item, Call call) {
    if (!item.isObject()) {
      return Optional.of(Refusal.NOT_AN_OBJECT);
    }
    if (item.slice().length() > call.settings().eventBytes()) {
      return Optional.of(Refusal.EVENT_TOO_LARGE);
    }
    return item.levels() > MOST_LEVELS ? Optional.of(Refusal.NESTED_TOO_DEEP) : Optional.empty();
  }

  private EventOutcome read(
      Envelope envelope, JsonValue item, Map<String, JsonValue> fields, Call call)
      throws RefusedException {
    if (isSuppressed(fields, "userId") || isSuppressed(fields, "previousId")) {
      return new EventOutcome.Suppressed();
    }
    String type = envelope.type() == null ? text(fields, "type") : envelope.type();
    Optional<Refusal> missing =
        call.settings().strict() ? SpecCheck.of(type, fields) : Optional.empty();
    if (missing.isPresent()) {
      return new EventOutcome.Refused(missing.get(), item.slice().copy());
    }
    String messageId = text(fields, "messageId");
    if (messageId != null && messageId.length() > LONGEST_MESSAGE_ID) {
      return new EventOutcome.Refused(Refusal.MESSAGE_ID_TOO_LONG, item.slice().copy());
    }
    return new EventOutcome.Accepted(write(envelope, fields, call));
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
