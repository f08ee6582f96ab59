package dev.millrace.publisher.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A spool in a folder: segments that are appended to, read from the oldest on, and deleted when all
 * of their events are done. Each start writes to a new segment, so that what another process left
 * is never written to.
 */
public final class DiskSpool implements Spool {
  private static final long LARGEST_SEGMENT_BYTES = 8L << 20;
  private static final int LEAST_SEGMENTS = 8;

  private final Path folder;
  private final SpoolDisk disk;
  private final long maxBytes;
  private final Durability durability;
  private final FolderLock lock;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final List<String> findings = new ArrayList<>();
  private Segment writing;
  private long nextNumber = 1;
  private long bytes;
  private long events;
  private long unread;
  private long lostEvents;
  private boolean closed;

  DiskSpool(Path folder, SpoolDisk disk, long maxBytes, Durability durability) throws IOException {
    this.folder = folder;
    this.disk = disk;
    this.maxBytes = maxBytes;
    this.durability = durability;
    Files.createDirectories(folder);
    this.lock = FolderLock.of(folder);
    try {
      findSegments();
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Opens the spool in a folder, which is made where there is none, and reads through what is in
   * it: about a second a gigabyte.
   *
   * @param maxBytes what its files may have together
   * @throws SpoolException if another spool works on the folder, or it can't be read or written
   */
  public static DiskSpool open(Path folder, long maxBytes, Durability durability) {
    try {
      return new DiskSpool(folder, SpoolDisk.REAL, maxBytes, durability);
    } catch (IOException e) {
      throw new SpoolException(
          "The spool folder " + folder + " can't be used: " + e + ". Is it writable?", e);
    }
  }

  private void findSegments() throws IOException {
    SpoolFolder found = SpoolFolder.list(folder);
    nextNumber = found.nextNumber();
    for (Path file : found.segments()) {
      SegmentScan scan = SegmentScan.of(file);
      Segment segment = Segment.found(disk, file, scan);
      if (scan.isDamaged()) {
        findings.add(
            "The spool file "
                + file
                + " is damaged: "
                + scan.damage()
                + ". The rest is sent, and the file kept as "
                + file.getFileName()
                + ".damaged.");
      }
      segments.add(segment);
      bytes += segment.bytes();
      events += segment.undone();
      unread += segment.undone();
    }
    removeWhatIsDone();
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public synchronized Appended append(SpoolRecord event, boolean taken) {
    byte[] record = RecordFormat.write(event);
    if (closed) {
      return new Appended.NotKept("The spool is closed.");
    }
    if (bytes + record.length > maxBytes) {
      return new Appended.NotKept(
          "The spool in "
              + folder
              + " is full: "
              + events
              + " events wait in "
              + bytes
              + " bytes of at most "
              + maxBytes
              + ".");
    }
    try {
      Segment segment = segmentFor(record.length);
      SpoolPlace place = segment.append(record, taken);
      bytes += record.length;
      events++;
      if (!taken) {
        unread++;
      }
      return new Appended.Kept(place);
    } catch (IOException e) {
      return new Appended.NotKept("The spool in " + folder + " can't be written: " + e + ".");
    }
  }

  private Segment segmentFor(int recordBytes) throws IOException {
    long segmentBytes = Math.min(LARGEST_SEGMENT_BYTES, maxBytes / LEAST_SEGMENTS);
    if (writing != null && !writing.isSealed() && writing.records() > 0) {
      if (writing.bytes() + recordBytes <= segmentBytes) {
        return writing;
      }
      if (durability == Durability.POWER_LOSS) {
        writing.force(Long.MAX_VALUE);
      }
      writing.seal();
    }
    if (writing == null || writing.isSealed()) {
      Segment fresh = Segment.create(disk, SpoolFolder.segment(folder, nextNumber++));
      writing = fresh;
      segments.add(fresh);
      bytes += fresh.bytes();
      if (durability == Durability.POWER_LOSS) {
        FolderSync.of(folder);
      }
      removeWhatIsDone();
    }
    return writing;
  }

  @Override
  public boolean force(SpoolPlace place) {
    if (durability == Durability.PROCESS_END) {
      return true;
    }
    try {
      place.segment.force(place.end);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized List<SpooledEvent> read(int maxEvents, long maxReadBytes) {
    List<SpooledEvent> read = new ArrayList<>();
    long readBytes = 0;
    for (Segment segment : List.copyOf(segments)) {
      while (!closed && segment.hasMore()) {
        if (!read.isEmpty() && (read.size() >= maxEvents || readBytes >= maxReadBytes)) {
          return read;
        }
        SpooledEvent event = readFrom(segment);
        if (event != null) {
          read.add(event);
          readBytes += event.event().payload().length;
        }
      }
    }
    return read;
  }

  private SpooledEvent readFrom(Segment segment) {
    int position = segment.position();
    try {
      SpooledEvent event = segment.read();
      if (event != null) {
        unread--;
      }
      return event;
    } catch (IOException e) {
      int lost = segment.giveUpUnread(position);
      unread -= lost;
      events -= lost;
      lostEvents += lost;
      findings.add(
          "The spool file "
              + segment.path()
              + " can't be read on: "
              + e
              + ". "
              + lost
              + " events in it are not sent; the file is kept, as "
              + segment.path().getFileName()
              + ".damaged.");
      removeWhatIsDone();
      return null;
    }
  }

  @Override
  public synchronized boolean done(SpoolPlace place) {
    if (closed) {
      return false;
    }
    boolean first;
    try {
      first = place.segment.done(place.ordinal);
    } catch (IOException e) {
      // It is done all the same; only the next start will not know that, and send it once more.
      findings.add("The spool in " + folder + " can't be written: " + e + ".");
      first = true;
    }
    if (first) {
      events--;
      bytes += Integer.BYTES;
      if (place.segment.undone() == 0) {
        removeWhatIsDone();
      }
    }
    return first;
  }

  private void removeWhatIsDone() {
    for (Segment segment : List.copyOf(segments)) {
      if (segment.undone() == 0 && (segment != writing || closed)) {
        bytes -= segment.bytes();
        segments.remove(segment);
        try {
          segment.remove();
        } catch (IOException e) {
          findings.add("The spool file " + segment.path() + " can't be deleted: " + e + ".");
        }
      }
    }
  }

  @Override
  public synchronized long events() {
    return events;
  }

  @Override
  public synchronized long takeLost() {
    long lost = lostEvents;
    lostEvents = 0;
    return lost;
  }

  @Override
  public synchronized long unread() {
    return closed ? 0 : unread;
  }

  @Override
  public synchronized List<String> findings() {
    List<String> news = List.copyOf(findings);
    findings.clear();
    return news;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    removeWhatIsDone();
    segments.forEach(Segment::close);
    try {
      lock.close();
    } catch (IOException e) {
      // The system lets go of it when the process ends, at the latest.
      return;
    }
  }
}
