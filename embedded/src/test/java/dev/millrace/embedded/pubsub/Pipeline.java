package dev.millrace.embedded.pubsub;

import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** A pipeline's settings and what lies in its folder, for tests. */
final class Pipeline {
  static final EndpointSettings AVRO =
      EndpointSettings.of(
          new TopicNames("demo", "events", "events-to-landing"),
          new ObjectNames("landing-bucket", "", ""));
  static final EndpointSettings TEXT = AVRO.withFormat(BatchFormat.TEXT);

  private Pipeline() {}

  static EndpointSettings limited(long maxBytes, long maxMessages) {
    return TEXT.withLimits(new BatchLimits(Duration.ofMinutes(10), maxBytes, maxMessages));
  }

  private static List<BatchRef> objects(LandingFolder landing) throws IOException {
    List<BatchRef> objects = new ArrayList<>();
    landing.list(object -> objects.add(object.batch()));
    objects.sort(Comparator.comparingLong(BatchRef::generation));
    return objects;
  }

  /** The contents of all objects, in the order of generations. */
  static List<String> texts(Path folder) throws IOException {
    LandingFolder landing = new LandingFolder(folder, "landing-bucket");
    List<String> texts = new ArrayList<>();
    for (BatchRef each : objects(landing)) {
      try (InputStream content = landing.open(each).content()) {
        texts.add(new String(content.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  /** The rows of all Avro objects, read by Avro's own reader. */
  static List<GenericRecord> rows(Path folder) throws IOException {
    LandingFolder landing = new LandingFolder(folder, "landing-bucket");
    List<GenericRecord> rows = new ArrayList<>();
    for (BatchRef each : objects(landing)) {
      try (InputStream content = landing.open(each).content();
          DataFileStream<GenericRecord> file =
              new DataFileStream<>(content, new GenericDatumReader<>())) {
        file.forEach(rows::add);
      }
    }
    return rows;
  }

  /** The payloads of all text objects; none may contain a newline. */
  static List<String> lines(Path folder) throws IOException {
    return texts(folder).stream().flatMap(String::lines).toList();
  }

  static List<Path> journals(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
      return files.sorted().toList();
    }
  }

  /** The folder as a kill at this instant would leave it. */
  static Path copyOf(Path folder, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path copy = target.resolve(folder.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(each, copy);
        }
      }
    }
    return target;
  }
}
