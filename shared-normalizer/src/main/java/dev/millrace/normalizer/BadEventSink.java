package dev.millrace.normalizer;

import java.io.IOException;

/** Takes what a {@link Normalizer} can't make rows of. Called by one thread. */
@FunctionalInterface
public interface BadEventSink {
  void bad(BadEvent event) throws IOException;
}
