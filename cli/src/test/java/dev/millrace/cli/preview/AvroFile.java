package dev.millrace.cli.preview;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Batches as a Cloud Storage subscription writes them. */
final class AvroFile {
  private static final Schema SCHEMA =
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

  private AvroFile() {}

  static Path write(Path file, List<String> payloads) throws IOException {
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      writer.create(SCHEMA, file.toFile());
      for (int i = 0; i < payloads.size(); i++) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("subscription_name", "projects/p/subscriptions/s");
        record.put("message_id", "m" + i);
        record.put("publish_time", 1_000_000L * (i + 1));
        record.put("attributes", Map.of());
        record.put("data", ByteBuffer.wrap(payloads.get(i).getBytes(StandardCharsets.UTF_8)));
        writer.append(record);
      }
    }
    return file;
  }
}
