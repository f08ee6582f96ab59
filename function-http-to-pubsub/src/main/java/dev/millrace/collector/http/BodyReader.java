package dev.millrace.collector.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;

/**
 * Reads bodies, plain or in gzip. What is declared as encoded and does not begin as gzip does is
 * plain: proxies unpack and leave the header. Unpacked, bodies have a limit, so that no small body
 * becomes a large one, and they have a limit of time.
 */
public final class BodyReader {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int PIECE_BYTES = 8 << 10;

  /**
   * What is read and thrown away of a body that is too large, so that its sender sees the reply.
   */
  private static final long MOST_DRAINED_BYTES = 16 << 20;

  private final Duration patience;
  private final LongSupplier nanoClock;

  /**
   * @param patience how long a body may take
   * @param nanoClock as {@link System#nanoTime}
   */
  public BodyReader(Duration patience, LongSupplier nanoClock) {
    this.patience = patience;
    this.nanoClock = nanoClock;
  }

  /** Where the bytes that have arrived find room. */
  @FunctionalInterface
  public interface Room {
    /** Whether there is room for so many bytes in all. */
    boolean takes(int bytes);
  }

  /** How large a body may become. */
  public record Limit(int bytes, Room room) {}

  /**
   * Reads a body to its end.
   *
   * @param encoded whether the request says that the body is encoded
   * @param limit of it, unpacked
   * @throws RefusedException if it is too large, too slow, or damaged gzip, or there is no room
   * @throws IOException if the connection breaks
   */
  public byte[] read(InputStream body, boolean encoded, Limit limit)
      throws IOException, RefusedException {
    long deadline = nanoClock.getAsLong() + patience.toNanos();
    InputStream timed = new TimedStream(body, deadline);
    try {
      return readAll(timed, encoded, limit);
    } catch (TooSlowException e) {
      throw new RefusedException(Refusal.TOO_SLOW);
    } catch (NoRoomException e) {
      drain(timed);
      throw new RefusedException(Refusal.OVERLOADED);
    }
  }

  private static byte[] readAll(InputStream timed, boolean encoded, Limit limit)
      throws IOException, RefusedException {
    PushbackInputStream packed = new PushbackInputStream(timed, 2);
    byte[] start = packed.readNBytes(2);
    packed.unread(start);
    boolean gzip =
        encoded
            && start.length == 2
            && (start[0] & 0xff) == GZIP_FIRST
            && (start[1] & 0xff) == GZIP_SECOND;
    byte[] read = gzip ? unpack(packed, limit) : upTo(packed, limit);
    if (read.length > limit.bytes()) {
      drain(timed);
      throw new RefusedException(Refusal.BODY_TOO_LARGE);
    }
    return read;
  }

  private static byte[] unpack(InputStream packed, Limit limit)
      throws IOException, RefusedException {
    Raw raw = new Raw(packed);
    try {
      return upTo(new GZIPInputStream(raw, PIECE_BYTES), limit);
    } catch (NoRoomException e) {
      throw e;
    } catch (IOException e) {
      if (raw.failure != null) {
        throw raw.failure;
      }
      drain(packed);
      throw new RefusedException(Refusal.MALFORMED);
    }
  }

  private static byte[] upTo(InputStream in, Limit limit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE_BYTES);
    byte[] piece = new byte[PIECE_BYTES];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      if (!limit.room().takes(bytes.size() + n)) {
        throw new NoRoomException();
      }
      bytes.write(piece, 0, n);
      if (bytes.size() > limit.bytes()) {
        break;
      }
    }
    return bytes.toByteArray();
  }

  private static void drain(InputStream in) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long drained = 0;
    for (int n = in.read(piece); n >= 0 && drained < MOST_DRAINED_BYTES; n = in.read(piece)) {
      drained += n;
    }
  }

  /** Remembers a failure of the connection, which is not the fault of what is packed. */
  private static final class Raw extends InputStream {
    private final InputStream in;
    private IOException failure;

    private Raw(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }

  /** Fails when time is up. A read that blocks is the server's to end. */
  private final class TimedStream extends InputStream {
    private final InputStream in;
    private final long deadlineNanos;

    private TimedStream(InputStream in, long deadlineNanos) {
      this.in = in;
      this.deadlineNanos = deadlineNanos;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (nanoClock.getAsLong() - deadlineNanos > 0) {
        throw new TooSlowException();
      }
      return in.read(into, offset, length);
    }
  }

  private static final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
