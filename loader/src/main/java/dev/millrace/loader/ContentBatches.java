package dev.millrace.loader;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Files as batches, each known by its content alone. The clock of a content's first load is kept in
 * the state, as {@code contents/<sha256>}, so that every later load of it is the same batch.
 * Thread-safe.
 */
public final class ContentBatches {
  private final State state;
  private final Clock clock;

  public ContentBatches(State state, Clock clock) {
    this.state = Objects.requireNonNull(state, "state");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * The batch of a content; its generation is the clock of the first call for it, ever.
   *
   * @param sha256 lower-case hex SHA-256 of the content
   */
  public BatchRef batch(String sha256) throws IOException {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a hex SHA-256: " + sha256);
    }
    String name = "contents/" + sha256;
    Optional<State.Versioned> known = state.read(name);
    if (known.isEmpty()) {
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      byte[] content = Long.toString(now).getBytes(StandardCharsets.US_ASCII);
      if (state.replace(name, content, State.ABSENT).isPresent()) {
        return BatchRef.ofContent(sha256, now);
      }
      known = state.read(name);
    }
    return BatchRef.ofContent(sha256, firstLoadMicros(name, known));
  }

  private static long firstLoadMicros(String name, Optional<State.Versioned> known)
      throws LoadException {
    String text = known.map(it -> new String(it.content(), StandardCharsets.US_ASCII)).orElse("");
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the state object "
              + name
              + " holds no time in microseconds; restore it, or delete it to load the file anew");
    }
    return Long.parseLong(text);
  }
}
