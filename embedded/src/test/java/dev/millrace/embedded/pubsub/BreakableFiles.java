package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Journal files that fail on demand, as a full disk does: after some bytes were written. */
final class BreakableFiles implements AppendFile.Files {
  private volatile IOException failure;
  private volatile boolean truncateFails;
  private volatile int bytesBeforeFailure;

  void fail(String message, int afterBytes) {
    bytesBeforeFailure = afterBytes;
    failure = new IOException(message);
  }

  void failToTruncate() {
    truncateFails = true;
  }

  void mend() {
    failure = null;
    truncateFails = false;
  }

  @Override
  public AppendFile create(Path path) throws IOException {
    AppendFile real = ChannelAppendFile.create(path);
    return new AppendFile() {
      @Override
      public void append(ByteBuffer[] buffers) throws IOException {
        if (failure != null) {
          ByteBuffer first = buffers[0].duplicate();
          real.append(
              new ByteBuffer[] {
                first.limit(first.position() + Math.min(bytesBeforeFailure, first.remaining()))
              });
          throw failure;
        }
        real.append(buffers);
      }

      @Override
      public void truncate(long length) throws IOException {
        if (truncateFails) {
          throw new IOException("injected: no truncate");
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
