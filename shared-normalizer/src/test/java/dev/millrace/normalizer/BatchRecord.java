package dev.millrace.normalizer;

import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that came out of one batch, as it came out.
 *
 * @param parts what went in: the messages, or one text object
 * @param lines the rows of each table, as text
 * @param bad what was bad of each part
 */
record BatchRecord(
    NormalizerSettings settings,
    List<byte[]> parts,
    NormalizedBatch batch,
    Map<String, String> lines,
    List<List<BadEvent>> bad) {

  /** How the bytes come in. */
  enum Form {
    MESSAGES,
    TEXT,
    TEXT_BY_THE_BYTE
  }

  static BatchRecord of(
      List<byte[]> parts,
      Form form,
      NormalizerSettings settings,
      Schema schema,
      Map<String, String> rawPaths,
      String loadId)
      throws IOException {
    Map<String, String> lines = new TreeMap<>();
    List<List<BadEvent>> bad = new ArrayList<>();
    Normalizer normalizer =
        new Normalizer(
            schema,
            rawPaths,
            settings,
            loadId,
            (table, buffer, offset, length, rows) ->
                lines.merge(table, text(buffer, offset, length, rows), String::concat),
            event -> bad.get(bad.size() - 1).add(event));
    for (byte[] part : parts) {
      EventOrigin origin =
          new EventOrigin("p:" + loadId + "." + bad.size() + ":", 0, null, bad.size());
      bad.add(new ArrayList<>());
      switch (form) {
        case MESSAGES -> normalizer.message(part, 0, part.length, origin);
        case TEXT -> normalizer.text(new ByteArrayInputStream(part), origin);
        case TEXT_BY_THE_BYTE -> normalizer.text(new OneByteAtATime(part), origin);
      }
    }
    return new BatchRecord(settings, parts, normalizer.finish(), lines, bad);
  }

  private static String text(byte[] buffer, int offset, int length, int rows) throws IOException {
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(buffer, offset, length))
            .toString();
    if (!text.endsWith("\n") || text.chars().filter(each -> each == '\n').count() != rows) {
      throw new IOException(rows + " rows said, and others given");
    }
    return text;
  }

  /** Everything in one text, for comparison with the record of another run. */
  String printed() {
    StringBuilder printed = new StringBuilder(lines.toString());
    for (List<BadEvent> part : bad) {
      for (BadEvent event : part) {
        printed.append(event.reason()).append(' ').append(event.index()).append(' ');
        printed.append(event.byteOffset()).append(' ').append(event.rawLength()).append(' ');
        printed.append(event.detail()).append('\n');
      }
    }
    return printed.append(batch).toString();
  }
}
