package dev.millrace.cli.cost;

import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A report for a person at a terminal. */
record CostText(CostReport report) {
  @Override
  public String toString() {
    return traffic() + bill() + others() + breakEven() + prices();
  }

  private String traffic() {
    Workload workload = report.workload();
    Traffic traffic = workload.traffic();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s a month of %s each (%s GiB%s); %s batches a month (%s a window of %s).%n",
            Counted.of(traffic.events(), "event"),
            Counted.of(traffic.bytesPerEvent(), "byte"),
            gib(traffic.gib()),
            traffic.packed() ? ", published packed as " + gib(traffic.publishedGib()) : "",
            Counted.number(Math.round(workload.batching().files())),
            files(workload.batching().filesPerWindow()),
            Counted.time(workload.batching().window())));
    text.append(
        String.format(
            Locale.ROOT,
            "Batches are kept %d days, rows %s. Prices of region %s: %s.%n",
            workload.keeping().landingDays(),
            Counted.of(workload.keeping().tableMonths(), "month"),
            report.prices().region(),
            report.prices().title()));
    if (report.measured() != null) {
      text.append("Read from ").append(report.measured()).append(".\n");
    }
    return text.append('\n').toString();
  }

  private String bill() {
    Bill bill = report.bill();
    List<BillLine> first = bill.firstMonth();
    List<BillLine> later = bill.laterMonth();
    double list = Bill.total(later);
    TextTable table =
        TextTable.whole("USD a month", "for", "first month", "later months", "list price", "share");
    for (int i = 0; i < first.size(); i++) {
      BillLine line = later.get(i);
      table.row(
          line.service(),
          line.what(),
          Usd.cell(first.get(i).billed()),
          Usd.cell(line.billed()),
          Usd.cell(line.list()),
          share(line.list(), list));
    }
    table.row(
        "total",
        "",
        Usd.cell(Bill.billed(first)),
        Usd.cell(Bill.billed(later)),
        Usd.cell(list),
        share(list, list));
    return table
        + String.format(
            Locale.ROOT,
            """

            First and later months: beyond what Google gives free each month. List price: a later month with nothing
            free; the first month is %s so.
            One more million events a month costs %s, and %s once %s of rows are kept, with nothing free.
            Not in it: analysts' queries (%s), network to other places, logs beyond 50 GiB, support, tax.

            """,
            Usd.text(Bill.total(first)),
            Usd.text(bill.oneMoreMillion()),
            Usd.text(bill.oneMoreMillionKept()),
            Counted.of(report.workload().keeping().tableMonths(), "month"),
            report.prices().of(Item.BIGQUERY_QUERY).text());
  }

  private String others() {
    TextTable table = TextTable.whole("the same elsewhere", "USD a month", "times ours", "list of");
    for (Plan plan : report.prices().plans().values()) {
      OptionalDouble usd = plan.usd(report.traffic().events(), report.traffic().users());
      table.row(
          plan.title() + users(plan),
          usd.isPresent() ? Usd.cell(usd.getAsDouble()) : "ask them",
          usd.isPresent() ? times(usd.getAsDouble()) : "",
          plan.provenance().date());
    }
    return table + "\n";
  }

  private String users(Plan plan) {
    if (plan.meter() == Plan.Meter.EVENTS) {
      return "";
    }
    Traffic traffic = report.traffic();
    long paid = Math.max(traffic.users(), plan.usersFor(traffic.events()));
    String many = ", " + Counted.of(paid, "user");
    if (paid > traffic.users()) {
      String why = traffic.users() == 0 ? "at its limit of " : "as they exceed its limit of ";
      return many + " (" + why + plan.limits().eventsPerUser() + " events each)";
    }
    return many;
  }

  private String breakEven() {
    BreakEven even = report.breakEven();
    if (even.planUsd().isEmpty()) {
      return "";
    }
    String at =
        even.eventsPerUser().isEmpty()
            ? "however much they send, this costs less."
            : "this costs more from %s events a user on; %s allows %s."
                .formatted(
                    Counted.number(Math.round(even.eventsPerUser().getAsDouble())),
                    even.plan().title(),
                    Counted.number(even.plan().limits().eventsPerUser()));
    return "%s asks %s for %s; %s%n%n"
        .formatted(
            even.plan().title(),
            Usd.text(even.planUsd().getAsDouble()),
            Counted.of(even.users(), "user"),
            at);
  }

  private String prices() {
    List<OldPrice> old = report.oldPrices();
    if (old.isEmpty()) {
      return "All prices are of the last %d days.%n".formatted(Provenance.OLD_DAYS);
    }
    TextTable table =
        TextTable.whole(
            "prices older than " + Provenance.OLD_DAYS + " days", "of", "days old", "source");
    for (OldPrice price : old) {
      Provenance provenance = price.provenance();
      table.row(price.name(), provenance.date(), price.ageDays(), provenance.source());
    }
    return table + "Look them up and give today's with --prices FILE (docs/costs.md).\n";
  }

  private String times(double usd) {
    if (report.ours() < 0.005 || usd == 0) {
      return "";
    }
    double times = usd / report.ours();
    return times >= 10
        ? Counted.number(Math.round(times))
        : String.format(Locale.ROOT, "%.1f", times);
  }

  private static String share(double part, double whole) {
    return whole == 0 ? "" : String.format(Locale.ROOT, "%.0f%%", part / whole * 100);
  }

  private static String gib(double gib) {
    return String.format(Locale.ROOT, gib < 10 ? "%.2f" : "%,.0f", gib);
  }

  private static String files(double files) {
    return String.format(Locale.ROOT, files == Math.rint(files) ? "%.0f" : "%.2f", files);
  }
}
