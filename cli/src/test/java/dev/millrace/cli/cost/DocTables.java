package dev.millrace.cli.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The tables of {@code docs/costs.md}, as today's price list and arithmetic make them. */
final class DocTables {
  private static final Estimate ESTIMATE = Estimate.read();

  private DocTables() {}

  /** A month's bill for ten million events. */
  static String bill() {
    List<BillLine> first = Given.bill(10_000_000).firstMonth();
    List<BillLine> later = Given.bill(10_000_000).laterMonth();
    StringBuilder rows = head("for", "how", "first month", "later months", "list price");
    for (int i = 0; i < first.size(); i++) {
      BillLine line = later.get(i);
      row(
          rows,
          line.service() + ", " + line.what(),
          line.how(),
          cents(first.get(i).billed()),
          cents(line.billed()),
          cents(line.list()));
    }
    row(
        rows,
        "**total**",
        "",
        "**" + cents(Bill.billed(first)) + "**",
        "**" + cents(Bill.billed(later)) + "**",
        "**" + cents(Bill.total(later)) + "**");
    return rows.toString();
  }

  /** What the code says, and in brackets what the estimate said. */
  static String besideTheEstimate() {
    StringBuilder rows =
        head(
            ESTIMATE.volumes().stream()
                .map(CostCharts::count)
                .collect(Collectors.toCollection(() -> list("events a month")))
                .toArray(String[]::new));
    for (String line : ESTIMATE.lines().keySet()) {
      List<String> cells = list(line);
      for (long volume : ESTIMATE.volumes()) {
        cells.add(
            "%s (%s)"
                .formatted(cents(Estimate.computed(line, volume)), ESTIMATE.cell(line, volume)));
      }
      row(rows, cells.toArray(String[]::new));
    }
    return rows.toString();
  }

  /** What others ask. */
  static String plans() {
    StringBuilder rows = head("USD a month", "1M", "10M", "100M", "1B", "10B", "list of");
    List<String> ours = list("this pipeline, 12 months kept");
    ESTIMATE.volumes().forEach(v -> ours.add(Usd.text(Bill.billed(Given.bill(v).laterMonth()))));
    ours.add("");
    row(rows, ours.toArray(String[]::new));
    for (Plan plan : Given.prices().plans().values()) {
      List<String> cells = list(plan.title());
      for (long volume : ESTIMATE.volumes()) {
        OptionalDouble usd = plan.usd(volume, 0);
        cells.add(usd.isPresent() ? Usd.text(usd.getAsDouble()) : "–");
      }
      cells.add(plan.provenance().date().toString());
      row(rows, cells.toArray(String[]::new));
    }
    return rows.toString();
  }

  /** The original post's figures. */
  static String original() {
    StringBuilder rows = head("figure", "it says", "its inputs give", "how");
    for (OriginalPost.Figure figure : new OriginalPost(Given.prices().segment()).figures()) {
      row(rows, figure.what(), figure.printed(), cents(figure.value()), figure.how());
    }
    return rows.toString();
  }

  /** What is off in them. */
  static String corrections() {
    return new OriginalPost(Given.prices().segment())
        .corrections().stream().map(text -> "1. " + text + "\n").collect(Collectors.joining());
  }

  /** Each price with its source. */
  static String prices() {
    StringBuilder rows = head("price", "us", "us-central1", "source");
    PriceList other = PriceFile.shipped().of("us-central1");
    for (Item item : Item.values()) {
      Price price = Given.prices().of(item);
      row(
          rows,
          "`" + item.key() + "`",
          dated(price),
          dated(other.of(item)),
          price.provenance().source());
    }
    return rows.toString();
  }

  private static String dated(Price price) {
    return price.text() + " (" + price.provenance().date() + ")";
  }

  private static List<String> list(String first) {
    return new ArrayList<>(List.of(first));
  }

  private static StringBuilder head(String... cells) {
    StringBuilder rows = new StringBuilder();
    row(rows, cells);
    row(rows, Arrays.stream(cells).map(cell -> "---").toArray(String[]::new));
    return rows;
  }

  private static void row(StringBuilder rows, String... cells) {
    rows.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String cents(double usd) {
    return String.format(Locale.ROOT, "%,.2f", usd);
  }
}
