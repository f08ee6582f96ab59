package dev.millrace.tests.bench;

import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Batches of a given size, and what packaging one takes in a container of 512 MiB. */
final class LargeBatch {
  /** As Pub/Sub's Cloud Storage subscription writes it, an event a message. */
  enum Format {
    TEXT,
    AVRO
  }

  /**
   * What a child process said of itself.
   *
   * @param seconds from the read of the batch to its sealed package
   * @param peakBytes the most resident memory of the process
   */
  record Taken(long events, double seconds, long peakBytes) {}

  private static final Duration PATIENCE = Duration.ofMinutes(15);

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

  private LargeBatch() {}

  /**
   * Packages a batch in a process of its own.
   *
   * @param events a file of events, to be repeated until they reach {@code bytes}
   * @param folder an empty one
   */
  static Taken taken(Path events, long bytes, Format format, Path folder) throws Exception {
    Path unfinished = folder.resolve("unfinished");
    long count;
    try (RepeatedEvents repeated = RepeatedEvents.bytes(events, bytes);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
      switch (format) {
        case TEXT -> repeated.transferTo(out);
        case AVRO -> writeAvro(repeated, out);
      }
      count = repeated.events();
    }
    new LandingFolder(folder, PackageOneBatch.BUCKET).finalise("batch", unfinished);
    try (Child child = Child.start(command(folder), Map.of())) {
      Child.Finished finished = child.finish(PATIENCE);
      if (finished.exitCode() != 0) {
        throw new IllegalStateException(finished.out() + finished.err());
      }
      String[] said = finished.out().strip().split(" ");
      if (Long.parseLong(said[0]) != count) {
        throw new IllegalStateException(said[0] + " of " + count + " events were loaded");
      }
      return new Taken(count, Long.parseLong(said[1]) / 1e3, Long.parseLong(said[2]));
    }
  }

  private static void writeAvro(RepeatedEvents events, OutputStream out) throws IOException {
    try (DataFileWriter<GenericRecord> file =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(WITH_METADATA))) {
      file.create(WITH_METADATA, out);
      long id = 1_000_000_000_000_000L;
      for (byte[] event = events.next(); event != null; event = events.next()) {
        GenericRecord row = new GenericData.Record(WITH_METADATA);
        row.put("subscription_name", "projects/bench/subscriptions/bench");
        row.put("message_id", Long.toString(id++));
        row.put("publish_time", id);
        row.put("attributes", Map.of());
        row.put("data", ByteBuffer.wrap(event, 0, event.length - 1));
        file.append(row);
      }
    }
  }

  private static List<String> command(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What the JVM finds in a container of 512 MiB and one core, and sets itself by.
    command.add("-XX:MaxRAM=512m");
    command.add("-XX:ActiveProcessorCount=1");
    command.add("-cp");
    command.add(MillraceCommand.classPath());
    command.add(PackageOneBatch.class.getName());
    command.add(folder.toString());
    command.add("batch");
    return command;
  }
}
