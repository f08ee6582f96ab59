package dev.millrace.tests.bigquery.faults;

/** Which of the calls that a fault is about it befalls. They are counted from when it was told. */
public sealed interface Occasion {
  /**
   * From one call to another, both included.
   *
   * @param first counted from 1
   */
  record Span(long first, long last) implements Occasion {
    public Span {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("no span of calls: %d to %d".formatted(first, last));
      }
    }
  }

  /**
   * Calls picked at random; with the same seed, the same ones.
   *
   * @param rate 0 to 1
   */
  record Random(double rate, long seed) implements Occasion {
    public Random {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("rate is not within 0 to 1: " + rate);
      }
    }
  }

  static Occasion always() {
    return new Span(1, Long.MAX_VALUE);
  }

  static Occasion nth(long n) {
    return new Span(n, n);
  }

  static Occasion firstTimes(long count) {
    return new Span(1, count);
  }

  static Occasion randomly(double rate, long seed) {
    return new Random(rate, seed);
  }
}
