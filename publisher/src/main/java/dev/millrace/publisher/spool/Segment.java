package dev.millrace.publisher.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;

/**
 * One file of records, {@code <number>.events}, and beside it {@code <number>.done}: the ordinals
 * of those that are done, four bytes each. Not thread-safe, but for {@link #force}.
 */
final class Segment {
  /** The first bytes of the file: the format and its version. */
  static final byte[] MAGIC = {'m', 'i', 'l', 'l', 's', 'p', '0', '1'};

  private static final int ORDINAL_BYTES = 4;

  private final SpoolDisk disk;
  private final Path events;
  private final Path doneFile;
  private final BitSet done = new BitSet();

  /** Records that are not for reading: done before, or in somebody's memory. */
  private final BitSet taken = new BitSet();

  private int records;
  private int doneRecords;
  private long length;
  private boolean damaged;

  private SpoolDisk.Output output;
  private SpoolDisk.Output doneOutput;
  private RandomAccessFile reader;
  private int nextOrdinal;
  private long nextOffset = MAGIC.length;

  private final Object syncing = new Object();
  private volatile long written;
  private long synced;

  private Segment(SpoolDisk disk, Path events) {
    this.disk = disk;
    this.events = events;
    this.doneFile = SpoolFolder.doneOf(events);
  }

  static Segment create(SpoolDisk disk, Path events) throws IOException {
    Segment segment = new Segment(disk, events);
    segment.output = disk.open(events);
    try {
      segment.output.write(MAGIC);
    } catch (IOException e) {
      segment.seal();
      Files.deleteIfExists(events);
      throw e;
    }
    segment.length = MAGIC.length;
    return segment;
  }

  /** A segment of an earlier process; nothing is appended to it. */
  static Segment found(SpoolDisk disk, Path events, SegmentScan scan) throws IOException {
    Segment segment = new Segment(disk, events);
    segment.records = scan.records();
    segment.length = scan.validBytes();
    segment.damaged = scan.isDamaged();
    segment.done.or(scan.unreadable());
    if (Files.exists(segment.doneFile)) {
      ByteBuffer ordinals = ByteBuffer.wrap(Files.readAllBytes(segment.doneFile));
      while (ordinals.remaining() >= ORDINAL_BYTES) {
        int ordinal = ordinals.getInt();
        if (ordinal >= 0 && ordinal < segment.records) {
          segment.done.set(ordinal);
        }
      }
    }
    segment.doneRecords = segment.done.cardinality();
    segment.taken.or(segment.done);
    return segment;
  }

  /**
   * Appends a record.
   *
   * @throws IOException if it is not written; the file is as it was, or is sealed
   */
  SpoolPlace append(byte[] record, boolean takenAlready) throws IOException {
    try {
      output.write(record);
    } catch (IOException e) {
      cutBack();
      throw e;
    }
    length += record.length;
    written = length;
    SpoolPlace place = new SpoolPlace(this, records++, length);
    if (takenAlready) {
      taken.set(place.ordinal);
      if (place.ordinal == nextOrdinal) {
        skip(place);
      }
    }
    return place;
  }

  private void cutBack() {
    try {
      output.truncate(length);
    } catch (IOException e) {
      // What is behind the last whole record is known as torn when it is read again.
      seal();
    }
  }

  boolean isSealed() {
    return output == null;
  }

  /** Ends the writing. */
  void seal() {
    synchronized (syncing) {
      if (output != null) {
        closeQuietly(output);
        output = null;
      }
    }
  }

  /** Returns when the bytes up to {@code end} are on the medium. One sync serves all who wait. */
  void force(long end) throws IOException {
    synchronized (syncing) {
      if (synced < end) {
        if (output == null) {
          throw new IOException("the file was closed before it was synced");
        }
        long reaching = written;
        output.sync();
        synced = reaching;
      }
    }
  }

  boolean hasMore() {
    return nextOrdinal < records;
  }

  private void skip(SpoolPlace place) {
    nextOrdinal = place.ordinal + 1;
    nextOffset = place.end;
  }

  /** Reads one record on; null for one that is taken. */
  SpooledEvent read() throws IOException {
    if (reader == null) {
      reader = new RandomAccessFile(events.toFile(), "r");
    }
    reader.seek(nextOffset);
    int bodyLength = reader.readInt();
    int checksum = reader.readInt();
    SpoolPlace place =
        new SpoolPlace(this, nextOrdinal, nextOffset + RecordFormat.HEADER_BYTES + bodyLength);
    if (taken.get(place.ordinal)) {
      skip(place);
      return null;
    }
    byte[] body = new byte[bodyLength];
    reader.readFully(body);
    skip(place);
    if (RecordFormat.checksum(body, 0, bodyLength) != checksum) {
      throw new IOException("a record's checksum is wrong");
    }
    return new SpooledEvent(RecordFormat.read(body), place);
  }

  /** Gives up what is not read yet; the number of records that are lost by it. */
  int giveUpUnread(int from) {
    BitSet lost = new BitSet();
    lost.set(from, records);
    lost.andNot(taken);
    done.or(lost);
    doneRecords = done.cardinality();
    nextOrdinal = records;
    damaged = true;
    return lost.cardinality();
  }

  /** False if it was done before. */
  boolean done(int ordinal) throws IOException {
    if (done.get(ordinal)) {
      return false;
    }
    done.set(ordinal);
    doneRecords++;
    if (doneOutput == null) {
      doneOutput = disk.open(doneFile);
    }
    doneOutput.write(ByteBuffer.allocate(ORDINAL_BYTES).putInt(ordinal).array());
    return true;
  }

  int undone() {
    return records - doneRecords;
  }

  /** Ordinal of the record that is read next. */
  int position() {
    return nextOrdinal;
  }

  int records() {
    return records;
  }

  /** Of both files. */
  long bytes() {
    return length + (long) ORDINAL_BYTES * doneRecords;
  }

  Path path() {
    return events;
  }

  void close() {
    seal();
    closeQuietly(doneOutput);
    closeQuietly(reader);
    doneOutput = null;
    reader = null;
  }

  /** Deletes it; a damaged one is kept beside, as {@code .damaged}, for a person to look at. */
  void remove() throws IOException {
    close();
    if (damaged) {
      Files.move(
          events,
          events.resolveSibling(events.getFileName() + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(events);
    Files.deleteIfExists(doneFile);
  }

  private static void closeQuietly(AutoCloseable file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (Exception e) {
      // Every write was reported when it was made; closing adds nothing.
      return;
    }
  }
}
