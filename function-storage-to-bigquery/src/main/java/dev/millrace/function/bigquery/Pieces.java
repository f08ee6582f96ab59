package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Cuts parts into pieces, each staged beside its part. Lines are streamed. Thread-safe. */
final class Pieces {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Staging staging;

  Pieces(Staging staging) {
    this.staging = staging;
  }

  /** The piece of a whole part. */
  Piece whole(String location) {
    // What the staging place puts before every path.
    String root = staging.location("");
    return Piece.whole(location.substring(root.length()));
  }

  String location(Piece piece) {
    return staging.location(piece.path());
  }

  /** The part that the piece is of, as the package names it. */
  String partLocation(Piece piece) {
    return staging.location(piece.part());
  }

  Piece counted(Piece piece) throws IOException {
    if (piece.isCounted()) {
      return piece;
    }
    long lines = 0;
    byte last = '\n';
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = staging.open(piece.path())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            lines++;
          }
        }
        last = read == 0 ? last : buffer[read - 1];
      }
    }
    return piece.counted(last == '\n' ? lines : lines + 1);
  }

  /**
   * Stages the two halves of a piece, always the same bytes under the same names.
   *
   * @param piece with two lines or more
   */
  List<Piece> halves(Piece piece) throws IOException {
    Piece left = piece.left();
    Piece right = piece.right();
    try (InputStream in = staging.open(piece.path());
        OutputStream leftOut = new BufferedOutputStream(staging.create(left.path()));
        OutputStream rightOut = new BufferedOutputStream(staging.create(right.path()))) {
      long line = piece.first();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int begin = 0;
        while (line < left.last() && begin < read) {
          int end = begin;
          while (end < read && buffer[end] != '\n') {
            end++;
          }
          boolean isEnd = end < read;
          leftOut.write(buffer, begin, (isEnd ? end + 1 : end) - begin);
          begin = isEnd ? end + 1 : end;
          line += isEnd ? 1 : 0;
        }
        rightOut.write(buffer, begin, read - begin);
      }
    }
    return List.of(left, right);
  }
}
