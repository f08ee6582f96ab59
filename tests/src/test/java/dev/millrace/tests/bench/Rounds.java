package dev.millrace.tests.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rounds in which contestants take turns, so that a machine's moods meet all of them. */
final class Rounds {
  private final Map<Contestant, List<Double>> seconds = new LinkedHashMap<>();

  Rounds(List<? extends Contestant> contestants) {
    contestants.forEach(each -> seconds.put(each, new ArrayList<>()));
  }

  void run(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<Contestant, List<Double>> each : seconds.entrySet()) {
        each.getValue().add(each.getKey().round());
      }
      System.err.printf("round %d of %d%n", round + 1, rounds);
    }
  }

  double[] of(Contestant contestant) {
    return seconds.get(contestant).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How many times as long {@code other} took as {@code one}, round by round. */
  double[] ratios(Contestant other, Contestant one) {
    double[] others = of(other);
    double[] ones = of(one);
    double[] ratios = new double[ones.length];
    for (int round = 0; round < ones.length; round++) {
      ratios[round] = others[round] / ones[round];
    }
    return ratios;
  }

  static double min(double... values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  static double max(double... values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
