package dev.millrace.embedded.pubsub;

import java.io.IOException;

/** The endpoint can't start; the message says why and what to do, for a person. */
public final class CannotStartException extends IOException {
  private static final long serialVersionUID = 1L;

  CannotStartException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
