package dev.millrace.tests.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast events become rows, beside dlt, Jackson and DuckDB on the same file: {@code
 * scripts/bench normalizer} runs it on one core.
 */
final class NormalizerBenchmark {
  private static final int WARM_UP_PASSES = 8;

  private NormalizerBenchmark() {}

  /**
   * @param arguments the file of events, how many rounds, and, unless dlt is left out, its Python
   *     and the script that times it
   */
  public static void main(String... arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    byte[] events = Files.readAllBytes(file);
    long count = new String(events, StandardCharsets.ISO_8859_1).lines().count();
    OwnNormalizer known = OwnNormalizer.withSeenSchema(events, count);
    OwnNormalizer empty = OwnNormalizer.withEmptySchema(events, count);
    IdsAlone ids = new IdsAlone(events, known);
    JacksonCopy jackson = new JacksonCopy(events);
    try (DuckDbRead duckDb = new DuckDbRead(file)) {
      List<Contestant> contestants = new ArrayList<>(List.of(known, jackson, empty, ids, duckDb));
      warmUp(List.of(known, empty, jackson, ids));
      duckDb.pass();
      DltBaseline dlt = null;
      if (arguments.length > 2) {
        dlt = new DltBaseline(arguments[2], Path.of(arguments[3]), file);
        contestants.add(dlt);
      }
      Rounds results = new Rounds(contestants);
      results.run(rounds);
      System.out.printf(
          "%,d events, %.1f MB; %.2f child rows an event; rows are %.2f times the input%n"
              + "Java %s, %d cores in use; %d rounds in turns, after warm-up%n"
              + "Seconds of processor time for one pass over the file%n%n",
          count,
          events.length / 1e6,
          ids.childrenPerEvent(),
          (double) known.rowBytes() / events.length,
          System.getProperty("java.version"),
          Runtime.getRuntime().availableProcessors(),
          rounds);
      System.out.printf("%-32s%9s%9s%9s%10s%12s%n", "", "min", "median", "max", "MB/s", "ns/event");
      contestants.forEach(each -> time(each, results.of(each), events.length, count));
      System.out.printf(
          "%n%-50s%8s%8s%8s%n", "times as fast, round by round", "min", "median", "max");
      ratio("millrace, schema known / Jackson's token copy", results.ratios(jackson, known));
      ratio("millrace, empty schema / Jackson's token copy", results.ratios(jackson, empty));
      ratio("  the same without ids, schema known", withoutIds(results, jackson, known, ids));
      ratio("millrace, schema known / DuckDB's read_json", results.ratios(duckDb, known));
      if (dlt != null) {
        ratio("millrace, schema known / dlt", results.ratios(dlt, known));
        ratio("millrace, empty schema / dlt", results.ratios(dlt, empty));
        ratio("  the same without ids, schema known", withoutIds(results, dlt, known, ids));
      }
    }
  }

  private static void warmUp(List<Contestant> contestants) throws Exception {
    for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
      for (Contestant each : contestants) {
        each.pass();
      }
    }
  }

  private static double[] withoutIds(
      Rounds results, Contestant other, Contestant own, Contestant ids) {
    double[] others = results.of(other);
    double[] owns = results.of(own);
    double[] idsAlone = results.of(ids);
    double[] ratios = new double[owns.length];
    for (int round = 0; round < owns.length; round++) {
      ratios[round] = others[round] / (owns[round] - idsAlone[round]);
    }
    return ratios;
  }

  private static void time(Contestant contestant, double[] seconds, long bytes, long count) {
    double median = Rounds.median(seconds);
    System.out.printf(
        "%-32s%9.3f%9.3f%9.3f%10.1f%,12.0f%n",
        contestant.name(),
        Rounds.min(seconds),
        median,
        Rounds.max(seconds),
        bytes / 1e6 / median,
        median * 1e9 / count);
  }

  private static void ratio(String name, double[] ratios) {
    System.out.printf(
        "%-50s%8.2f%8.2f%8.2f%n",
        name, Rounds.min(ratios), Rounds.median(ratios), Rounds.max(ratios));
  }
}
