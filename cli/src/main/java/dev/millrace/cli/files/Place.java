package dev.millrace.cli.files;

import dev.millrace.loader.read.BatchFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Where in a file an event stands, as an editor would say it.
 *
 * @param file its name
 * @param format of the file
 * @param line in text, from 1; null in Avro, which has no lines, and where it can't be found again
 * @param spot where the normaliser saw it
 */
public record Place(String file, BatchFormat format, Long line, Spot spot) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Finds the place of one event. */
  public static Place of(EventFile file, Spot spot) {
    return ofAll(file, List.of(spot)).get(spot);
  }

  /** Finds the places of events in one file, which is read once more for them. */
  public static Map<Spot, Place> ofAll(EventFile file, Collection<Spot> spots) {
    if (spots.isEmpty()) {
      return Map.of();
    }
    Map<Long, Long> lines = Map.of();
    BatchFormat format = BatchFormat.TEXT;
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file.path()), BUFFER_BYTES)) {
      in.mark(4);
      format = BatchFormat.of(in.readNBytes(4));
      in.reset();
      if (format != BatchFormat.AVRO) {
        TreeSet<Long> offsets = new TreeSet<>();
        spots.forEach(spot -> offsets.add(spot.byteOffset()));
        lines = Lines.at(offsets, format == BatchFormat.GZIP ? unpacked(in) : in);
      }
    } catch (IOException e) {
      // The events were read before; what can't be found again is still known by its offset.
      lines = Map.of();
    }
    Map<Spot, Place> places = new HashMap<>();
    for (Spot spot : spots) {
      places.put(spot, new Place(file.name(), format, lines.get(spot.byteOffset()), spot));
    }
    return places;
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    return new BufferedInputStream(new GZIPInputStream(in, BUFFER_BYTES), BUFFER_BYTES);
  }

  /**
   * {@code events.jsonl line 12}, or for Avro {@code batch.avro message 3}, or where a line can't
   * be found {@code events.jsonl.gz byte 70}.
   */
  @Override
  public String toString() {
    if (format == BatchFormat.AVRO) {
      return file + " message " + (spot.messageNumber() + 1);
    }
    return line == null ? file + " byte " + spot.byteOffset() : file + " line " + line;
  }
}
