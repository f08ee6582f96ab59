package dev.millrace.embedded.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What a batch object holds of its messages. */
public enum BatchFormat {
  /** Payloads alone, a newline between them, none at the end. */
  TEXT("text/plain"),
  /** Avro records {@code com.google.pubsub.PubsubMessage}: payloads alone. */
  AVRO("application/octet-stream"),
  /** Avro records {@code com.google.pubsub.PubsubMessageWithMetadata}. */
  AVRO_WITH_METADATA("application/octet-stream");

  private static final int AVRO_LENGTHS = 4;
  private static final int AVRO_METADATA = 128;

  private final String contentType;

  BatchFormat(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /**
   * How many bytes of an object the message takes: exact in text, in Avro to within its framing.
   */
  long bytesOf(PubsubMessage message) {
    return switch (this) {
      case TEXT -> message.getData().size() + 1L;
      case AVRO -> message.getData().size() + (long) AVRO_LENGTHS;
      case AVRO_WITH_METADATA -> {
        long attributes = message.getOrderingKey().length();
        for (Map.Entry<String, String> each : message.getAttributesMap().entrySet()) {
          attributes += each.getKey().length() + each.getValue().length() + AVRO_LENGTHS;
        }
        yield message.getData().size() + attributes + AVRO_METADATA;
      }
    };
  }

  /** Starts an object. Closing the writer closes the stream. */
  BatchWriter writer(OutputStream out, String subscriptionPath) throws IOException {
    return switch (this) {
      case TEXT -> new TextBatchWriter(out);
      case AVRO -> AvroBatchWriter.ofPayloads(out);
      case AVRO_WITH_METADATA -> AvroBatchWriter.withMetadata(out, subscriptionPath);
    };
  }
}
