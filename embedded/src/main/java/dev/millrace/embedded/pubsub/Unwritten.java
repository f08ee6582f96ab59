package dev.millrace.embedded.pubsub;

import io.grpc.Status;
import java.io.IOException;
import java.util.Locale;

/**
 * What a publisher is told when its messages could not be written. Both statuses make Google's
 * clients try again. Java tells a full disk by the operating system's words alone, which is why
 * they are looked for, here and nowhere else.
 */
final class Unwritten {
  private Unwritten() {}

  static Status statusOf(IOException failure) {
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (words.contains("no space left")
        || words.contains("disk quota exceeded")
        || words.contains("not enough space")) {
      return Status.RESOURCE_EXHAUSTED.withDescription(
          "The disk of the pipeline's folder is full, so nothing of this request was kept. Make"
              + " room; publishing then goes on.");
    }
    return Status.UNAVAILABLE.withDescription(
        "The pipeline's folder can't be written ("
            + failure.getMessage()
            + "), so nothing of this request was kept. Publishing goes on when it can be.");
  }
}
