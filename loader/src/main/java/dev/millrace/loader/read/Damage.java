package dev.millrace.loader.read;

import dev.millrace.normalizer.BadReason;
import java.io.EOFException;

/** What is said of bytes that can't be read. */
final class Damage {
  private Damage() {}

  static BadReason reason(Throwable damage) {
    return damage instanceof UnpackedLimitException
        ? BadReason.TOO_LARGE_UNPACKED
        : BadReason.TRUNCATED;
  }

  static String sentence(Throwable damage) {
    if (damage instanceof EOFException || damage.getMessage() == null) {
      return "it ends too early";
    }
    return damage.getMessage();
  }
}
