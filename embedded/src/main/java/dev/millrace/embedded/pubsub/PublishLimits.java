package dev.millrace.embedded.pubsub;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Pub/Sub's own limits on what may be published, so that what passes here passes there. */
final class PublishLimits {
  static final int MOST_REQUEST_BYTES = 10_000_000;
  private static final int MOST_MESSAGES = 1_000;
  private static final int MOST_ATTRIBUTES = 100;
  private static final int MOST_KEY_BYTES = 256;
  private static final int MOST_VALUE_BYTES = 1_024;
  private static final int MOST_ORDERING_KEY_BYTES = 1_024;

  private PublishLimits() {}

  /** What is wrong with the request, in a sentence; empty if nothing is. */
  static Optional<String> broken(PublishRequest request) {
    if (request.getMessagesCount() == 0) {
      return Optional.of("The publish request has no messages; it needs 1 to 1000.");
    }
    if (request.getMessagesCount() > MOST_MESSAGES) {
      return Optional.of(
          "The publish request has "
              + request.getMessagesCount()
              + " messages; Pub/Sub takes at most 1000. Split it.");
    }
    if (request.getSerializedSize() > MOST_REQUEST_BYTES) {
      return Optional.of(
          "The publish request has "
              + request.getSerializedSize()
              + " bytes; Pub/Sub takes at most 10 MB (10000000). Split it.");
    }
    for (int i = 0; i < request.getMessagesCount(); i++) {
      String wrong = wrongWith(request.getMessages(i));
      if (wrong != null) {
        return Optional.of("Message " + i + " of the publish request " + wrong);
      }
    }
    return Optional.empty();
  }

  /** Null if nothing is. */
  private static String wrongWith(PubsubMessage message) {
    if (message.getData().isEmpty() && message.getAttributesCount() == 0) {
      return "is empty; it needs data or at least one attribute.";
    }
    if (message.getAttributesCount() > MOST_ATTRIBUTES) {
      return "has " + message.getAttributesCount() + " attributes; Pub/Sub takes at most 100.";
    }
    for (Map.Entry<String, String> each : message.getAttributesMap().entrySet()) {
      int keyBytes = bytes(each.getKey());
      if (keyBytes == 0 || keyBytes > MOST_KEY_BYTES) {
        return "has an attribute key of " + keyBytes + " bytes; Pub/Sub takes 1 to 256.";
      }
      if (bytes(each.getValue()) > MOST_VALUE_BYTES) {
        return "has a value of "
            + bytes(each.getValue())
            + " bytes in its attribute "
            + each.getKey()
            + "; Pub/Sub takes at most 1024.";
      }
    }
    if (bytes(message.getOrderingKey()) > MOST_ORDERING_KEY_BYTES) {
      return "has an ordering key of "
          + bytes(message.getOrderingKey())
          + " bytes; Pub/Sub takes at most 1024.";
    }
    return null;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
