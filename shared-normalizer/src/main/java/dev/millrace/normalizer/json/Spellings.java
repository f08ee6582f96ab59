package dev.millrace.normalizer.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is known of strings by the bytes that spell them, so that they need not be decoded. */
public final class Spellings<T> {
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
  private static final int FIRST_CAPACITY = 16;

  private final long seed;
  private byte[][] spellings = new byte[FIRST_CAPACITY][];
  private int[] positions = new int[FIRST_CAPACITY];
  private final List<T> values = new ArrayList<>();

  /**
   * @param seed chosen per batch, so that nobody can send strings that collide
   */
  public Spellings(long seed) {
    this.seed = seed;
  }

  /** What was put for these bytes, or null. */
  public T get(byte[] bytes, int from, int to) {
    int place = place(bytes, from, to);
    return spellings[place] == null ? null : values.get(positions[place]);
  }

  /** Puts what {@link #get} did not find. */
  public void put(byte[] spelling, T value) {
    if (values.size() * 2 >= spellings.length) {
      grow();
    }
    int place = place(spelling, 0, spelling.length);
    spellings[place] = spelling;
    positions[place] = values.size();
    values.add(value);
  }

  public int size() {
    return values.size();
  }

  private void grow() {
    byte[][] oldSpellings = spellings;
    int[] oldPositions = positions;
    spellings = new byte[oldSpellings.length * 2][];
    positions = new int[oldSpellings.length * 2];
    for (int i = 0; i < oldSpellings.length; i++) {
      if (oldSpellings[i] != null) {
        int place = place(oldSpellings[i], 0, oldSpellings[i].length);
        spellings[place] = oldSpellings[i];
        positions[place] = oldPositions[i];
      }
    }
  }

  /** Where the bytes are, or would be. */
  private int place(byte[] bytes, int from, int to) {
    int mask = spellings.length - 1;
    int place = hash(bytes, from, to) & mask;
    while (spellings[place] != null) {
      byte[] spelling = spellings[place];
      if (Arrays.equals(spelling, 0, spelling.length, bytes, from, to)) {
        return place;
      }
      place = (place + 1) & mask;
    }
    return place;
  }

  private int hash(byte[] bytes, int from, int to) {
    long hash = seed;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      hash = (hash ^ (long) Words.LONG.get(bytes, i)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    for (; i < to; i++) {
      hash = (hash ^ bytes[i]) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ hash >>> 32);
  }
}
