package dev.millrace.embedded.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** The Avro formats, uncompressed, with the schemas that Pub/Sub documents. */
final class AvroBatchWriter implements BatchWriter {
  private static final Schema PAYLOADS =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "namespace": "com.google.pubsub", "name": "PubsubMessage",
               "fields": [{"name": "data", "type": "bytes"}]}
              """);
  private static final Schema WITH_METADATA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "namespace": "com.google.pubsub",
               "name": "PubsubMessageWithMetadata",
               "fields": [
                 {"name": "subscription_name", "type": "string"},
                 {"name": "message_id", "type": "string"},
                 {"name": "publish_time",
                  "type": {"type": "long", "logicalType": "timestamp-micros"}},
                 {"name": "attributes", "type": {"type": "map", "values": "string"}},
                 {"name": "data", "type": "bytes"}]}
              """);

  private final Schema schema;
  // Null in the format without metadata.
  private final String subscriptionPath;
  private final DataFileWriter<GenericRecord> file;

  private AvroBatchWriter(OutputStream out, Schema schema, String subscriptionPath)
      throws IOException {
    this.schema = schema;
    this.subscriptionPath = subscriptionPath;
    this.file = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema));
    file.create(schema, out);
  }

  static AvroBatchWriter ofPayloads(OutputStream out) throws IOException {
    return new AvroBatchWriter(out, PAYLOADS, null);
  }

  static AvroBatchWriter withMetadata(OutputStream out, String subscriptionPath)
      throws IOException {
    return new AvroBatchWriter(out, WITH_METADATA, subscriptionPath);
  }

  @Override
  public void write(ReceivedMessage message) throws IOException {
    GenericRecord row = new GenericData.Record(schema);
    if (subscriptionPath != null) {
      row.put("subscription_name", subscriptionPath);
      row.put("message_id", Long.toString(message.id()));
      row.put("publish_time", message.publishMicros());
      row.put("attributes", attributes(message.content()));
    }
    row.put("data", message.content().getData().asReadOnlyByteBuffer());
    file.append(row);
  }

  // Pub/Sub has no field for the ordering key: it goes in with the attributes.
  private static Map<String, String> attributes(PubsubMessage message) {
    if (message.getOrderingKey().isEmpty()) {
      return message.getAttributesMap();
    }
    Map<String, String> withKey = new LinkedHashMap<>(message.getAttributesMap());
    withKey.put("ordering_key", message.getOrderingKey());
    return withKey;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
