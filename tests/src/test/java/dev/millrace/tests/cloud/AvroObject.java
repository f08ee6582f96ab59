package dev.millrace.tests.cloud;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes a batch object as a Cloud Storage subscription does: Avro with metadata, uncompressed.
 * Messages are numbered from 0, and each is published a millisecond after the one before.
 */
final class AvroObject implements AutoCloseable {
  /** 2026-11-20T09:00:00Z: the first message's publish time. */
  static final long FIRST_PUBLISHED_MICROS = 1_795_165_200_000_000L;

  private static final Schema SCHEMA =
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

  private final DataFileWriter<GenericRecord> file;
  private final String idPrefix;
  private long number;

  /**
   * @param idPrefix of the messages' ids; they end in their number
   */
  AvroObject(OutputStream out, String idPrefix) throws IOException {
    this.idPrefix = idPrefix;
    this.file = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA));
    file.create(SCHEMA, out);
  }

  static byte[] of(String idPrefix, List<String> payloads) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AvroObject object = new AvroObject(out, idPrefix)) {
      for (String payload : payloads) {
        object.add(payload.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  void add(byte[] payload) throws IOException {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("subscription_name", "projects/shop/subscriptions/events-to-landing");
    row.put("message_id", idPrefix + number);
    row.put("publish_time", FIRST_PUBLISHED_MICROS + number * 1_000);
    row.put("attributes", Map.of());
    row.put("data", ByteBuffer.wrap(payload));
    file.append(row);
    number++;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
