package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/** Journal files of which one append in ten fails half-way, and then one truncation in three. */
final class FlakyFiles implements AppendFile.Files {
  private final Random random;

  FlakyFiles(long seed) {
    random = new Random(seed);
  }

  private synchronized boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  @Override
  public AppendFile create(Path path) throws IOException {
    AppendFile real = ChannelAppendFile.create(path);
    return new AppendFile() {
      @Override
      public void append(ByteBuffer[] buffers) throws IOException {
        if (oneIn(10)) {
          ByteBuffer last = buffers[buffers.length - 1];
          last = last.duplicate().limit(last.position() + last.remaining() / 2);
          ByteBuffer[] part = buffers.clone();
          part[part.length - 1] = last;
          real.append(part);
          throw new IOException("injected: append");
        }
        real.append(buffers);
      }

      @Override
      public void truncate(long length) throws IOException {
        if (oneIn(3)) {
          throw new IOException("injected: truncate");
        }
        real.truncate(length);
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
