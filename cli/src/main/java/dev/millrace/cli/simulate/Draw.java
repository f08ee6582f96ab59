package dev.millrace.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Draws the values of simulated events. Only methods whose algorithm Java specifies are used: a
 * seed gives the same values on every JDK.
 */
final class Draw {
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private final Random random;

  Draw(long seed) {
    random = new Random(seed);
  }

  /** True in {@code percent} of 100 draws. */
  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A whole number; both ends are possible. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** A number with so many digits after the point. */
  double between(double low, double high, int digits) {
    double scale = StrictMath.pow(10, digits);
    return Math.round((low + random.nextDouble() * (high - low)) * scale) / scale;
  }

  String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Up to {@code most} of the choices, each once, in their order. */
  List<String> some(int most, String... choices) {
    int wanted = between(0, Math.min(most, choices.length));
    List<String> taken = new ArrayList<>(wanted);
    for (int i = 0; taken.size() < wanted; i++) {
      int left = choices.length - i;
      if (random.nextInt(left) < wanted - taken.size()) {
        taken.add(choices[i]);
      }
    }
    return taken;
  }

  /** Letters and digits. */
  String word(int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  /** A random UUID (version 4). */
  String uuid() {
    long most = (random.nextLong() & ~0xF000L) | 0x4000L;
    long least = (random.nextLong() & ~(0xC0L << 56)) | (0x80L << 56);
    return new UUID(most, least).toString();
  }
}
