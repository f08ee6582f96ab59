package dev.millrace.loader.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Batch objects as a Cloud Storage subscription writes them, made by Avro's own writer. */
public final class AvroObjects {
  private static final Schema PLAIN =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","namespace":"com.google.pubsub","name":"PubsubMessage",
               "doc": "documentation does not matter",
               "fields":[{"name":"data","type":"bytes"}]}
              """);
  private static final Schema WITH_METADATA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","namespace":"com.google.pubsub","name":"PubsubMessageWithMetadata",
               "fields":[
                {"name":"subscription_name","type":"string"},
                {"name":"message_id","type":"string"},
                {"name":"publish_time","type":{"type":"long","logicalType":"timestamp-micros"}},
                {"name":"attributes","type":{"type":"map","values":"string"}},
                {"name":"data","type":"bytes"}]}
              """);

  private AvroObjects() {}

  /** Messages with ids m0, m1, … and publish times from {@code firstMicros}, a second apart. */
  public static byte[] withMetadata(
      CodecFactory codec, int perBlock, long firstMicros, List<String> payloads) {
    return container(
        WITH_METADATA,
        codec,
        perBlock,
        payloads.size(),
        (record, i) -> {
          record.put("subscription_name", "projects/p/subscriptions/s");
          record.put("message_id", "m" + i);
          record.put("publish_time", firstMicros + i * 1_000_000L);
          record.put("attributes", Map.of("k", "v", "l", "w"));
          record.put("data", bytes(payloads.get(i)));
        });
  }

  /** Messages with these payloads, and these attributes each. */
  public static byte[] withAttributes(Map<String, String> attributes, List<byte[]> payloads) {
    return container(
        WITH_METADATA,
        CodecFactory.deflateCodec(6),
        2,
        payloads.size(),
        (record, i) -> {
          record.put("subscription_name", "projects/p/subscriptions/s");
          record.put("message_id", "m" + i);
          record.put("publish_time", 1_000_000L);
          record.put("attributes", attributes);
          record.put("data", ByteBuffer.wrap(payloads.get(i)));
        });
  }

  public static byte[] plain(CodecFactory codec, int perBlock, List<String> payloads) {
    return container(
        PLAIN,
        codec,
        perBlock,
        payloads.size(),
        (record, i) -> record.put("data", bytes(payloads.get(i))));
  }

  /** A container of one record of another schema, with a text field {@code data}. */
  public static byte[] ofSchema(String json) {
    Schema schema = new Schema.Parser().parse(json);
    return container(
        schema, CodecFactory.nullCodec(), 1, 0, (record, i) -> record.put("data", "x"));
  }

  private interface Filler {
    void fill(GenericRecord record, int number);
  }

  private static byte[] container(
      Schema schema, CodecFactory codec, int perBlock, int count, Filler filler) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(codec);
      writer.create(schema, out, new byte[16]);
      for (int i = 0; i < count; i++) {
        GenericRecord record = new GenericData.Record(schema);
        filler.fill(record, i);
        writer.append(record);
        if ((i + 1) % perBlock == 0) {
          writer.sync();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
