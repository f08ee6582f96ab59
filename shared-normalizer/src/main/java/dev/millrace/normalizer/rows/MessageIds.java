package dev.millrace.normalizer.rows;

/**
 * The identities of the events that loaded in this batch (M13): 128 bits each, in open hash tables
 * whose places depend on a key of the batch, so that nobody can choose ids that crowd them.
 *
 * <p>There are many small tables instead of a large one, since a table that grows is there twice.
 * Their sizes differ, so that they don't all grow at once: together they are always about as full,
 * and take about 22 bytes an event.
 */
final class MessageIds {
  /** More than this many events load without deduplication. */
  private static final int MAX = 10_000_000;

  private static final int TABLES_BITS = 6;
  private static final int TABLES = 1 << TABLES_BITS;
  private static final int FIRST_PLACES = 64;

  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private final long key;
  private final int max;
  private final long[][] tables = new long[TABLES][];
  private final int[] counts = new int[TABLES];
  private int count;

  MessageIds(long key) {
    this(key, MAX);
  }

  /**
   * @param max how many identities there is room for
   */
  MessageIds(long key, int max) {
    this.key = key | 1;
    this.max = max;
    for (int i = 0; i < TABLES; i++) {
      // From one step of growth to just before the next.
      tables[i] = new long[2 * (FIRST_PLACES + FIRST_PLACES / 4 * i / TABLES)];
    }
  }

  boolean isFull() {
    return count >= max;
  }

  /**
   * Adds an identity.
   *
   * @return false if it was there
   */
  boolean add(long high, long low) {
    long first = nonZero(high);
    long mixed = mixed(first, low);
    int number = (int) (mixed >>> (Long.SIZE - TABLES_BITS));
    long[] table = tables[number];
    int place = place(table, mixed, first, low);
    if (table[place] != 0) {
      return false;
    }
    table[place] = first;
    table[place + 1] = low;
    count++;
    // Grown by a quarter when four fifths full.
    if (++counts[number] * 5L > table.length / 2 * 4L) {
      tables[number] = grown(table);
    }
    return true;
  }

  private long[] grown(long[] table) {
    int places = table.length / 2;
    long[] larger = new long[2 * (places + places / 4)];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0) {
        int place = place(larger, mixed(table[i], table[i + 1]), table[i], table[i + 1]);
        larger[place] = table[i];
        larger[place + 1] = table[i + 1];
      }
    }
    return larger;
  }

  private long mixed(long high, long low) {
    long mixed = (high ^ key) * MULTIPLIER;
    return ((mixed ^ mixed >>> 32) + low) * key;
  }

  /** The index at which the identity is, or would be. */
  private static int place(long[] table, long mixed, long high, long low) {
    int places = table.length / 2;
    long belowTable = mixed << TABLES_BITS >>> 33;
    int place = 2 * (int) (belowTable * places >>> 31);
    while (table[place] != 0 && (table[place] != high || table[place + 1] != low)) {
      place = place + 2 == table.length ? 0 : place + 2;
    }
    return place;
  }

  /** Zero marks a free place. */
  private static long nonZero(long high) {
    return high == 0 ? 1 : high;
  }
}
