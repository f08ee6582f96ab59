package dev.millrace.cli.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The estimate that was made by hand before there was code: {@code estimate.csv}. */
record Estimate(List<Long> volumes, Map<String, List<String>> lines) {
  static Estimate read() {
    List<Long> volumes = new ArrayList<>();
    Map<String, List<String>> lines = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Estimate.class.getResourceAsStream("estimate.csv"), StandardCharsets.UTF_8))) {
      for (String line : reader.lines().filter(l -> !l.startsWith("#")).toList()) {
        List<String> cells = Arrays.asList(line.split(","));
        if (cells.get(0).equals("line")) {
          cells.stream().skip(1).map(Long::valueOf).forEach(volumes::add);
        } else {
          lines.put(cells.get(0), List.copyOf(cells.subList(1, cells.size())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Estimate(List.copyOf(volumes), lines);
  }

  /** What the estimate says, as it is printed there. */
  String cell(String line, long volume) {
    return lines.get(line).get(volumes.indexOf(volume));
  }

  /** What the code says in its place. */
  static double computed(String line, long volume) {
    Bill bill = Given.bill(volume);
    List<BillLine> first = bill.firstMonth();
    return switch (line) {
      case "GiB" -> bill.workload().traffic().gib();
      case "publishing" -> first.get(0).billed();
      case "writing batches" -> first.get(1).billed();
      case "landing bucket" -> first.get(2).billed();
      case "bucket operations" -> first.get(3).billed();
      case "Cloud Run" -> first.get(4).billed();
      case "load jobs" -> first.get(5).billed();
      case "tables with this month" -> first.get(6).billed();
      case "total in the first month" -> Bill.billed(first);
      case "total with 12 months kept" -> Bill.billed(bill.laterMonth());
      case "first month with nothing free" -> Bill.total(first);
      case "the Storage Write API would add" -> bill.writeApi();
      case "insertAll would add" -> bill.insertAll();
      default -> throw new IllegalArgumentException(line);
    };
  }
}
