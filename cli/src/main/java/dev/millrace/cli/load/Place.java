package dev.millrace.cli.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/** Says where in a file an event stands, as an editor would. */
final class Place {
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final String AVRO_MAGIC = "Obj\u0001";

  private Place() {}

  /**
   * {@code events.jsonl line 12}, or for Avro, which has no lines, {@code batch.avro message 3}.
   *
   * @param messageNumber which message, from 0
   * @param byteOffset in the text, unpacked where it is packed
   */
  static String of(EventFile file, long messageNumber, long byteOffset) {
    try (InputStream text = unpacked(file)) {
      if (startsLikeAvro(text)) {
        return file.name() + " message " + (messageNumber + 1);
      }
      return file.name() + " line " + line(text, byteOffset);
    } catch (IOException e) {
      // The event was read before; what can't be found again is still known by its offset.
      return file.name() + " byte " + byteOffset;
    }
  }

  private static InputStream unpacked(EventFile file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16);
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16)) : in;
  }

  private static boolean startsLikeAvro(InputStream in) throws IOException {
    in.mark(AVRO_MAGIC.length());
    byte[] start = in.readNBytes(AVRO_MAGIC.length());
    in.reset();
    return new String(start, StandardCharsets.ISO_8859_1).equals(AVRO_MAGIC);
  }

  private static long line(InputStream text, long byteOffset) throws IOException {
    byte[] chunk = new byte[1 << 16];
    long left = byteOffset;
    long line = 1;
    while (left > 0) {
      int n = text.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (n < 0) {
        break;
      }
      for (int i = 0; i < n; i++) {
        if (chunk[i] == '\n') {
          line++;
        }
      }
      left -= n;
    }
    return line;
  }
}
