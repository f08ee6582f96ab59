package dev.millrace.normalizer.rows;

/**
 * The identities of the events that loaded in this batch (M13): 128 bits each, in an open hash
 * table whose places depend on a key of the batch, so that nobody can choose ids that crowd it.
 */
final class MessageIds {
  /** More than this many events load without deduplication. */
  static final int MAX = 10_000_000;

  private static final int FIRST_CAPACITY = 1 << 10;

  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private final long key;
  private long[] table = new long[2 * FIRST_CAPACITY];
  private int count;

  MessageIds(long key) {
    this.key = key | 1;
  }

  boolean isFull() {
    return count >= MAX;
  }

  /**
   * Adds an identity.
   *
   * @return false if it was there
   */
  boolean add(long high, long low) {
    long first = nonZero(high);
    int place = place(table, first, low);
    if (table[2 * place] != 0) {
      return false;
    }
    table[2 * place] = first;
    table[2 * place + 1] = low;
    count++;
    // Grown by half when three quarters full: about 24 bytes an event.
    if (count > table.length / 2 * 3L / 4) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = table;
    long[] larger = new long[2 * (old.length / 2 + old.length / 4)];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        int place = place(larger, old[i], old[i + 1]);
        larger[2 * place] = old[i];
        larger[2 * place + 1] = old[i + 1];
      }
    }
    table = larger;
  }

  /** Where the identity is, or would be. */
  private int place(long[] in, long high, long low) {
    int places = in.length / 2;
    long mixed = (high ^ key) * MULTIPLIER;
    mixed = ((mixed ^ mixed >>> 32) + low) * key;
    int place = (int) ((mixed >>> 33) * places >>> 31);
    while (in[2 * place] != 0 && (in[2 * place] != high || in[2 * place + 1] != low)) {
      place = place + 1 == places ? 0 : place + 1;
    }
    return place;
  }

  /** Zero marks a free place. */
  private static long nonZero(long high) {
    return high == 0 ? 1 : high;
  }
}
