package dev.millrace.cli.show;

/** What became of events: always {@code read = loaded + duplicate + bad}. */
public record Account(long read, long loaded, long duplicate, long bad) {
  /** No event. */
  public static final Account NONE = new Account(0, 0, 0, 0);

  public Account {
    if (read != loaded + duplicate + bad) {
      throw new IllegalArgumentException(
          "read %d != loaded %d + duplicate %d + bad %d".formatted(read, loaded, duplicate, bad));
    }
  }

  /** This and another one's events. */
  public Account plus(Account other) {
    return new Account(
        read + other.read, loaded + other.loaded, duplicate + other.duplicate, bad + other.bad);
  }

  @Override
  public String toString() {
    return "%s read = %s loaded + %s + %s bad"
        .formatted(
            Counted.of(read, "event"),
            Counted.number(loaded),
            Counted.of(duplicate, "duplicate"),
            Counted.number(bad));
  }
}
