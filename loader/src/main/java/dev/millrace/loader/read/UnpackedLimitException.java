package dev.millrace.loader.read;

import java.io.IOException;

/** An object that unpacks to more than the limit. */
final class UnpackedLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  UnpackedLimitException(long maxBytes) {
    super("it unpacks to more than " + maxBytes + " bytes");
  }
}
