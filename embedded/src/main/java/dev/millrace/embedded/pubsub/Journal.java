package dev.millrace.embedded.pubsub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The file that a batch's requests are written to before they are acknowledged. Not thread-safe:
 * one thread at a time.
 */
final class Journal implements Closeable {
  private final Path path;
  private final AppendFile file;
  private long goodBytes;
  private boolean broken;

  private Journal(Path path, AppendFile file) {
    this.path = path;
    this.file = file;
  }

  static Journal create(Path path, String objectName, AppendFile.Files files) throws IOException {
    Journal journal = new Journal(path, files.create(path));
    try {
      journal.append(List.of(JournalRecord.ofName(objectName)));
      return journal;
    } catch (IOException e) {
      journal.close();
      throw e;
    }
  }

  /** Writes all of the records, or throws and the journal is as before. */
  void append(List<ByteBuffer> records) throws IOException {
    long bytes = 0;
    for (ByteBuffer record : records) {
      bytes += record.remaining();
    }
    try {
      file.append(records.toArray(new ByteBuffer[0]));
      goodBytes += bytes;
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  private void takeBack(IOException failure) {
    try {
      file.truncate(goodBytes);
    } catch (IOException e) {
      broken = true;
      failure.addSuppressed(e);
    }
  }

  /** Whether refused bytes may follow the good ones, so that nothing can be appended any more. */
  boolean isBroken() {
    return broken;
  }

  /** Up to where the file holds acknowledged requests. */
  long goodBytes() {
    return goodBytes;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
