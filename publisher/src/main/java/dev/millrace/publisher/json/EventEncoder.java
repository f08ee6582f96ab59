package dev.millrace.publisher.json;

import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Completes events with an id and a time, and writes them as JSON. Thread-safe. */
public final class EventEncoder {
  private static final String MESSAGE_ID = "messageId";
  private static final String TIMESTAMP = "timestamp";

  private final EventWriter writer = new EventWriter();
  private final Clock clock;
  private final Supplier<String> messageIds;
  private final int maxBytes;

  /**
   * @param clock of {@code timestamp}
   * @param messageIds for events that have none
   * @param maxBytes what one event may have
   */
  public EventEncoder(Clock clock, Supplier<String> messageIds, int maxBytes) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.messageIds = Objects.requireNonNull(messageIds, "messageIds");
    this.maxBytes = maxBytes;
  }

  /**
   * Writes an event.
   *
   * @param event a map, a record or a Jackson object node
   * @throws InvalidEventException if it is none of these, or holds a value that events can't have
   */
  public EncodedEvent encode(Object event) throws InvalidEventException {
    PayloadBuffer payload = new PayloadBuffer(maxBytes);
    String messageId;
    try {
      Map<Object, Object> complete = fields(event);
      messageId = idOf(complete.get(MESSAGE_ID));
      if (messageId == null) {
        messageId = messageIds.get();
        complete.put(MESSAGE_ID, messageId);
      }
      complete.computeIfAbsent(TIMESTAMP, absent -> clock.instant());
      writer.write(complete, payload);
    } catch (RuntimeException e) {
      // The app's own maps, iterables and suppliers may throw anything.
      throw new InvalidEventException("Reading the event failed: " + e.getClass().getName());
    }
    return new EncodedEvent(
        messageId, payload.size(), payload.isOverLimit() ? null : payload.toByteArray());
  }

  private static Map<Object, Object> fields(Object event) throws InvalidEventException {
    if (event instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    Map<Object, Object> fields = new LinkedHashMap<>();
    if (event instanceof ObjectNode node) {
      node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    } else if (event instanceof Record row) {
      ValuePath root = new ValuePath("the event", null, 0);
      for (RecordComponent component : row.getClass().getRecordComponents()) {
        ValuePath place = new ValuePath(component.getName(), root, 1);
        Object value = EventWriter.read(component, row, place);
        if (value != null) {
          fields.put(component.getName(), value);
        }
      }
    } else {
      throw new InvalidEventException(
          event == null
              ? "The event is null."
              : "The event is a "
                  + event.getClass().getName()
                  + "; an event is a map, a record or a Jackson object node.");
    }
    return fields;
  }

  /** Null for what counts as no id: null and blank text. */
  private static String idOf(Object given) {
    if (given == null || given instanceof JsonNode node && node.isNull()) {
      return null;
    }
    String id = given instanceof JsonNode node ? node.asString() : given.toString();
    return id.isBlank() ? null : id;
  }
}
