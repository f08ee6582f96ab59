package dev.millrace.cli.files;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.show.Counted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * A file of events, known by its content.
 *
 * @param name what the person called it
 * @param path where it can be read, again and again
 * @param bytes its size
 * @param sha256 of its content, lower-case hex
 * @param spooled whether {@code path} is a copy of ours, to be deleted at {@link #close}
 */
public record EventFile(String name, Path path, long bytes, String sha256, boolean spooled)
    implements AutoCloseable {
  /** What stands for standard input among file names. */
  public static final String STANDARD_INPUT = "-";

  private static final int CHUNK = 1 << 18;

  /**
   * Reads what a person named once to know its content.
   *
   * @param name a file's, or {@link #STANDARD_INPUT}
   * @param folder where standard input is copied to
   */
  public static EventFile named(String name, Path folder, Progress progress) {
    try {
      return name.equals(STANDARD_INPUT)
          ? spool(System.in, folder, read -> progress.at("standard input: " + Counted.bytes(read)))
          : of(
              Path.of(name), read -> progress.at(name + ": " + Counted.bytes(read) + " looked at"));
    } finally {
      progress.done();
    }
  }

  /** Opens the content for reading, which fails at its end if it is no longer the same. */
  public InputStream open(LongConsumer read) throws IOException {
    return new SameContent(Files.newInputStream(path), this, read);
  }

  /**
   * Reads a file once to know its content. Memory doesn't depend on its size.
   *
   * @param read told how many bytes have been read so far
   */
  public static EventFile of(Path path, LongConsumer read) {
    if (Files.isDirectory(path)) {
      throw Failure.failed(path + " is a folder; name the files in it");
    }
    MessageDigest digest = Sha256.start();
    try (InputStream in = Files.newInputStream(path)) {
      long bytes = copy(in, OutputStream.nullOutputStream(), digest, read);
      return new EventFile(path.toString(), path, bytes, hex(digest), false);
    } catch (NoSuchFileException e) {
      throw Failure.failed(path + " is not there", e);
    } catch (IOException e) {
      throw Failure.failed(path + " can't be read: " + reason(e), e);
    }
  }

  /** Copies a stream that can be read but once to a file in {@code folder}. */
  static EventFile spool(InputStream in, Path folder, LongConsumer read) {
    Path copy = null;
    try {
      copy = Files.createTempFile(folder, "input-", ".spool");
      MessageDigest digest = Sha256.start();
      try (OutputStream out = Files.newOutputStream(copy)) {
        long bytes = copy(in, out, digest, read);
        return new EventFile("standard input", copy, bytes, hex(digest), true);
      }
    } catch (IOException e) {
      deleteQuietly(copy);
      throw Failure.failed(
          "standard input can't be copied to %s: %s".formatted(folder, reason(e)), e);
    }
  }

  @Override
  public void close() {
    if (spooled) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static long copy(
      InputStream in, OutputStream out, MessageDigest digest, LongConsumer read)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      digest.update(chunk, 0, n);
      out.write(chunk, 0, n);
      bytes += n;
      read.accept(bytes);
    }
    return bytes;
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void deleteQuietly(Path file) {
    if (file != null && !file.toFile().delete()) {
      System.getLogger(EventFile.class.getName())
          .log(System.Logger.Level.WARNING, "{0} could not be deleted", file);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "no permission" : e.getMessage();
  }
}
