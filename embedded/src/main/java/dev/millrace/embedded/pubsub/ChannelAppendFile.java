package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the operating system. What was appended survives the process, not a power cut. */
final class ChannelAppendFile implements AppendFile {
  private final FileChannel channel;

  private ChannelAppendFile(FileChannel channel) {
    this.channel = channel;
  }

  static AppendFile create(Path path) throws IOException {
    return new ChannelAppendFile(
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  @Override
  public void append(ByteBuffer[] buffers) throws IOException {
    ByteBuffer last = buffers[buffers.length - 1];
    while (last.hasRemaining()) {
      channel.write(buffers);
    }
  }

  @Override
  public void truncate(long length) throws IOException {
    channel.truncate(length);
    channel.position(length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
