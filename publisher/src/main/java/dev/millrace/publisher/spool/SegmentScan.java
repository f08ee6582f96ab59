package dev.millrace.publisher.spool;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What a segment of an earlier process holds.
 *
 * @param records whole records, the unreadable among them
 * @param validBytes up to the end of the last of these
 * @param tornBytes what follows: mostly a write that was cut off, whose call never returned
 * @param unreadable ordinals of records whose checksum is wrong
 */
record SegmentScan(int records, long validBytes, long tornBytes, BitSet unreadable) {
  private static final int BUFFER_BYTES = 256 << 10;

  static SegmentScan of(Path events) throws IOException {
    long fileBytes = Files.size(events);
    BitSet wrong = new BitSet();
    int records = 0;
    long offset = Segment.MAGIC.length;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(events), BUFFER_BYTES))) {
      if (!Arrays.equals(in.readNBytes(Segment.MAGIC.length), Segment.MAGIC)) {
        // A process that ended while it made the file leaves less than the first bytes.
        return new SegmentScan(
            0, Math.min(fileBytes, offset), fileBytes < offset ? 0 : fileBytes, wrong);
      }
      while (true) {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 1
            || length > RecordFormat.MAX_BODY_BYTES
            || offset + RecordFormat.HEADER_BYTES + length > fileBytes) {
          break;
        }
        byte[] body = new byte[length];
        in.readFully(body);
        wrong.set(records, RecordFormat.checksum(body, 0, length) != checksum);
        records++;
        offset += RecordFormat.HEADER_BYTES + length;
      }
    } catch (EOFException e) {
      // The end of the file is how a scan ends.
      return ending(fileBytes, records, offset, wrong);
    }
    return ending(fileBytes, records, offset, wrong);
  }

  private static SegmentScan ending(long fileBytes, int records, long offset, BitSet wrong) {
    return new SegmentScan(records, offset, fileBytes - offset, wrong);
  }

  boolean isDamaged() {
    return tornBytes > 0 || !unreadable.isEmpty();
  }

  /** What can't be read, in words. */
  String damage() {
    String tail =
        tornBytes == 0 ? "" : "it ends in " + tornBytes + " bytes that are no whole record";
    String wrong =
        unreadable.isEmpty()
            ? ""
            : unreadable.cardinality() + " of its records fail their checksum";
    return wrong + (wrong.isEmpty() || tail.isEmpty() ? "" : ", and ") + tail;
  }
}
