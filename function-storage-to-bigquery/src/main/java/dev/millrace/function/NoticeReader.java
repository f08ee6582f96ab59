package dev.millrace.function;

import dev.millrace.loader.ports.BatchRef;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the notice of a finalised object in each shape in which it comes: Pub/Sub's wrapped and
 * unwrapped push of a Cloud Storage notification, and CloudEvents, binary and structured, of Cloud
 * Storage and of Pub/Sub.
 */
final class NoticeReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STORAGE_EVENT = "google.cloud.storage.object.v1.";
  private static final String PUBSUB_EVENT = "google.cloud.pubsub.topic.v1.messagePublished";
  private static final String FINALIZED = "finalized";
  private static final String OBJECT_FINALIZE = "OBJECT_FINALIZE";

  private NoticeReader() {}

  /**
   * Reads a request.
   *
   * @param headers gives the first value of a header, by its name in lower case
   */
  static Notice ofRequest(Function<String, Optional<String>> headers, byte[] body)
      throws UnreadableNoticeException {
    Optional<String> eventType = headers.apply("ce-type");
    if (eventType.isPresent()) {
      return ofEvent(eventType.get(), body);
    }
    JsonNode json = parse(body);
    String contentType = headers.apply("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (contentType.startsWith("application/cloudevents+json")) {
      return ofStructured(json);
    }
    if (json.path("message").isObject()) {
      return ofMessage(json.path("message"));
    }
    return ofNotification(
        name ->
            headers
                .apply(name.toLowerCase(Locale.ROOT))
                .or(() -> headers.apply("x-goog-pubsub-" + name.toLowerCase(Locale.ROOT))),
        json);
  }

  /** Reads the data of an event of CloudEvents. */
  static Notice ofEvent(String type, byte[] data) throws UnreadableNoticeException {
    return isOfInterest(type) ? ofEvent(type, parse(data)) : new Notice.Other();
  }

  private static boolean isOfInterest(String type) {
    return type.equals(STORAGE_EVENT + FINALIZED) || type.equals(PUBSUB_EVENT);
  }

  private static Notice ofEvent(String type, JsonNode data) throws UnreadableNoticeException {
    if (type.equals(PUBSUB_EVENT)) {
      return ofMessage(data.path("message"));
    }
    return ofObject(text(data, "bucket"), text(data, "name"), text(data, "generation"));
  }

  private static Notice ofStructured(JsonNode event) throws UnreadableNoticeException {
    String type = text(event, "type").orElse("");
    if (type.isEmpty()) {
      throw new UnreadableNoticeException("The CloudEvent has no type.");
    }
    if (!isOfInterest(type)) {
      return new Notice.Other();
    }
    Optional<String> base64 = text(event, "data_base64");
    return base64.isPresent()
        ? ofEvent(type, parse(decode(base64.get())))
        : ofEvent(type, event.path("data"));
  }

  private static Notice ofMessage(JsonNode message) throws UnreadableNoticeException {
    JsonNode attributes = message.path("attributes");
    Optional<String> data = text(message, "data").filter(base64 -> !base64.isEmpty());
    JsonNode object = JSON.createObjectNode();
    if (data.isPresent() && text(attributes, "objectGeneration").isEmpty()) {
      object = parse(decode(data.get()));
    }
    return ofNotification(name -> text(attributes, name), object);
  }

  /** The attributes say it all; where there are none, the object resource does. */
  private static Notice ofNotification(
      Function<String, Optional<String>> attributes, JsonNode object)
      throws UnreadableNoticeException {
    Optional<String> eventType = attributes.apply("eventType");
    if (eventType.isPresent() && !eventType.get().equals(OBJECT_FINALIZE)) {
      return new Notice.Other();
    }
    return ofObject(
        attributes.apply("bucketId").or(() -> text(object, "bucket")),
        attributes.apply("objectId").or(() -> text(object, "name")),
        attributes.apply("objectGeneration").or(() -> text(object, "generation")));
  }

  private static Notice ofObject(
      Optional<String> bucket, Optional<String> name, Optional<String> generation)
      throws UnreadableNoticeException {
    if (bucket.isEmpty() || name.isEmpty() || bucket.get().isEmpty() || name.get().isEmpty()) {
      throw new UnreadableNoticeException("The notice doesn't name a bucket and an object.");
    }
    if (generation.isEmpty()) {
      throw new UnreadableNoticeException("The notice doesn't give the object's generation.");
    }
    return new Notice.Finalized(
        new BatchRef(bucket.get(), name.get(), generation(generation.get())));
  }

  private static long generation(String digits) throws UnreadableNoticeException {
    try {
      long generation = Long.parseLong(digits);
      if (generation > 0) {
        return generation;
      }
    } catch (NumberFormatException e) {
      // Told below, like zero and negative numbers.
    }
    throw new UnreadableNoticeException("The object's generation is not a positive number.");
  }

  private static JsonNode parse(byte[] json) throws UnreadableNoticeException {
    try {
      JsonNode value = JSON.readTree(json);
      if (value.isObject()) {
        return value;
      }
    } catch (JacksonException e) {
      // Told below; Jackson's message would repeat the input.
    }
    throw new UnreadableNoticeException("The notice is not a JSON object.");
  }

  private static byte[] decode(String base64) throws UnreadableNoticeException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnreadableNoticeException("The message's data is not base64.");
    }
  }

  /** Text, or a whole number as text; empty if there is neither. */
  private static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isString() || value.isIntegralNumber()
        ? Optional.of(value.asString())
        : Optional.empty();
  }
}
