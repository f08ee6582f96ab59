package dev.millrace.collector;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets in no more than memory is there for. A request is counted with what has arrived of it, so
 * that those who send slowly take no room from others, until its events are acknowledged.
 * Thread-safe.
 */
final class Admission {
  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  Admission(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A place for so many bytes, or empty while there is none. Whoever gets it gives it back. */
  Optional<Place> admit(long bytes) {
    Place place = new Place();
    return place.growTo(bytes) ? Optional.of(place) : Optional.empty();
  }

  /** Memory that a request holds. Used by one thread at a time. */
  final class Place {
    private long bytes;

    /**
     * Holds so many bytes from now on, if there is room; else no more than before. One request is
     * always let in, lest a small limit refuse all.
     */
    boolean growTo(long wanted) {
      return grow(wanted, true);
    }

    /** The same, but not even one request has more than there is room for. */
    boolean extendTo(long wanted) {
      return grow(wanted, false);
    }

    private boolean grow(long wanted, boolean evenAlone) {
      long more = wanted - bytes;
      if (more > 0) {
        long after = taken.addAndGet(more);
        if (after > maxBytes && !(evenAlone && after == wanted)) {
          taken.addAndGet(-more);
          return false;
        }
        bytes = wanted;
      }
      return true;
    }

    void giveBack() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
