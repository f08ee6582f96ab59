package dev.millrace.tests.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a file of events over and over, so that a large batch takes no disk. Each time the
 * events have other {@code messageId}s: their first characters count the times.
 */
final class RepeatedEvents extends InputStream {
  private static final byte[] MESSAGE_ID = "\"messageId\":\"m-".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 4;

  private final ByteBuffer file;
  private final long maxEvents;
  private final long maxBytes;
  private final LineListener listener;
  private byte[] line = new byte[0];
  private int at;
  private int time;
  private long events;
  private long bytes;

  /** Told of each event before it is given. */
  @FunctionalInterface
  interface LineListener {
    void line(long events) throws IOException;
  }

  private RepeatedEvents(Path file, long maxEvents, long maxBytes, LineListener listener)
      throws IOException {
    // Mapped, so that it is not on the heap that is measured.
    try (FileChannel channel = FileChannel.open(file)) {
      this.file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.listener = listener;
  }

  static RepeatedEvents count(Path file, long events, LineListener listener) throws IOException {
    return new RepeatedEvents(file, events, Long.MAX_VALUE, listener);
  }

  /** So many events that they reach {@code bytes}. */
  static RepeatedEvents bytes(Path file, long bytes) throws IOException {
    return new RepeatedEvents(file, Long.MAX_VALUE, bytes, events -> {});
  }

  /** The next event with its newline, or null at the end. */
  byte[] next() throws IOException {
    if (events == maxEvents || bytes >= maxBytes) {
      return null;
    }
    if (!file.hasRemaining()) {
      file.rewind();
      time++;
    }
    listener.line(events);
    int start = file.position();
    int end = start;
    while (file.get(end) != '\n') {
      end++;
    }
    byte[] next = new byte[end + 1 - start];
    file.get(next);
    number(next);
    events++;
    bytes += next.length;
    return next;
  }

  /** It is the last field of the events. */
  private void number(byte[] event) {
    int from = event.length - MESSAGE_ID.length;
    while (!Arrays.equals(
        event, from, from + MESSAGE_ID.length, MESSAGE_ID, 0, MESSAGE_ID.length)) {
      from--;
    }
    int rest = time;
    for (int digit = DIGITS - 1; digit >= 0; digit--) {
      event[from + MESSAGE_ID.length + digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  long events() {
    return events;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int filled = 0;
    while (filled < length) {
      if (at == line.length) {
        byte[] next = next();
        if (next == null) {
          return filled == 0 ? -1 : filled;
        }
        line = next;
        at = 0;
      }
      int count = Math.min(length - filled, line.length - at);
      System.arraycopy(line, at, target, offset + filled, count);
      at += count;
      filled += count;
    }
    return filled;
  }
}
