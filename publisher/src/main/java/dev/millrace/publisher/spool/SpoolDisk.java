package dev.millrace.publisher.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** How the spool writes files; tests break it. */
interface SpoolDisk {
  /** The disk of the machine. */
  SpoolDisk REAL = path -> new FileOnDisk(new RandomAccessFile(path.toFile(), "rw"));

  /** Opens a file at its end, and makes it where there is none. */
  Output open(Path path) throws IOException;

  /** A file that grows. */
  interface Output extends Closeable {
    void write(byte[] bytes) throws IOException;

    /** Returns when all that was written is on the medium. */
    void sync() throws IOException;

    void truncate(long length) throws IOException;
  }

  /** Not a channel: an interrupt of the app's thread would close that. */
  record FileOnDisk(RandomAccessFile file) implements Output {
    public FileOnDisk {
      try {
        file.seek(file.length());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      file.write(bytes);
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void truncate(long length) throws IOException {
      file.setLength(length);
      file.seek(length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
