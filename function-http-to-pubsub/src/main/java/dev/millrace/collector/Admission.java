package dev.millrace.collector;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets in no more requests than memory is there for, each counted with the most that it may need
 * until its events are acknowledged. Thread-safe.
 */
final class Admission {
  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  Admission(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A place for so many bytes, or empty while there is none. Whoever gets it gives it back. */
  Optional<Place> admit(long bytes) {
    long after = taken.addAndGet(bytes);
    // One request is always let in, lest a small limit refuse all.
    if (after > maxBytes && after != bytes) {
      taken.addAndGet(-bytes);
      return Optional.empty();
    }
    return Optional.of(new Place(bytes));
  }

  long takenBytes() {
    return taken.get();
  }

  /** Memory that a request holds. */
  final class Place {
    private final long bytes;

    private Place(long bytes) {
      this.bytes = bytes;
    }

    void giveBack() {
      taken.addAndGet(-bytes);
    }
  }
}
