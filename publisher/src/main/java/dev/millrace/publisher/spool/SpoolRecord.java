package dev.millrace.publisher.spool;

import java.util.Map;

/**
 * An event as it is kept.
 *
 * @param messageId null for a raw payload
 * @param attributes of the message that it travels in
 */
public record SpoolRecord(String messageId, byte[] payload, Map<String, String> attributes) {}
