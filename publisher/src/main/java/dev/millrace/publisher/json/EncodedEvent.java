package dev.millrace.publisher.json;

/**
 * An event as JSON.
 *
 * @param messageId the event's identity
 * @param sizeBytes of the JSON
 * @param payload the JSON in UTF-8; null if it is larger than one event may be
 */
public record EncodedEvent(String messageId, long sizeBytes, byte[] payload) {}
