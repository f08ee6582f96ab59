package dev.millrace.function;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Notices in the shapes in which they come. The object's name decides what the fake loader does.
 */
final class Notices {
  static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  static final Map<String, String> STRUCTURED =
      Map.of("Content-Type", "application/cloudevents+json; charset=utf-8");
  static final String FINALIZED = "google.cloud.storage.object.v1.finalized";
  static final String PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";

  private Notices() {}

  static String object(String name) {
    return """
        {"kind":"storage#object","bucket":"landing","name":"%s","generation":"1795451447201694",\
        "contentType":"application/octet-stream","size":"12"}"""
        .formatted(name);
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Pub/Sub's push of a notification with a payload. */
  static String wrapped(String name, String eventType) {
    return """
        {"message":{"attributes":{"bucketId":"landing","eventTime":"2026-11-23T20:00:00Z",\
        "eventType":"%s","notificationConfig":"projects/_/buckets/landing/notificationConfigs/1",\
        "objectGeneration":"1795451447201694","objectId":"%s","payloadFormat":"JSON_API_V1"},\
        "data":"%s","messageId":"7","message_id":"7","publishTime":"2026-11-23T20:00:00Z"},\
        "subscription":"projects/p/subscriptions/s"}"""
        .formatted(eventType, name, base64(object(name)));
  }

  static String wrapped(String name) {
    return wrapped(name, "OBJECT_FINALIZE");
  }

  static Map<String, String> binary(String type) {
    return Map.of(
        "Content-Type",
        "application/json",
        "ce-specversion",
        "1.0",
        "ce-id",
        "1",
        "ce-source",
        "//storage.googleapis.com/projects/_/buckets/landing",
        "ce-type",
        type);
  }

  static String structured(String type, String dataField) {
    return """
        {"specversion":"1.0","id":"1","source":"//storage.googleapis.com/projects/_/buckets/landing",\
        "type":"%s","datacontenttype":"application/json",%s}"""
        .formatted(type, dataField);
  }
}
