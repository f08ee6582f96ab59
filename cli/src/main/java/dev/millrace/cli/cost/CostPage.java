package dev.millrace.cli.cost;

import dev.millrace.cli.page.Markup;
import dev.millrace.cli.page.Page;
import dev.millrace.cli.show.Counted;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A report as a page with charts, in one file, that needs no JavaScript. */
record CostPage(CostReport report) {
  private static final List<Long> VOLUMES =
      List.of(1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L, 10_000_000_000L);

  String html() {
    Markup body = new Markup().open("main", "class", "wrap");
    heading(body);
    volume(body);
    bill(body);
    where(body);
    breakEven(body);
    original(body);
    prices(body);
    return Page.of("What Millrace costs", CostPage.class, "cost.css", null).html(body.close());
  }

  private void heading(Markup body) {
    Traffic traffic = report.traffic();
    Bill bill = report.bill();
    body.element("h1", "What the pipeline costs");
    body.element(
        "p",
        "%s a month of %s each%s; batches kept %d days, rows %s; prices of region %s."
            .formatted(
                Counted.of(traffic.events(), "event"),
                Counted.of(traffic.bytesPerEvent(), "byte"),
                traffic.packed() ? ", published packed" : "",
                report.workload().keeping().landingDays(),
                Counted.of(report.workload().keeping().tableMonths(), "month"),
                report.prices().region()),
        "class",
        "lead");
    if (report.measured() != null) {
      body.element("p", "Read from " + report.measured() + ".", "class", "muted");
    }
    body.open("dl", "class", "figures");
    figure(body, "a month", report.ours(), "beyond what Google gives free");
    figure(
        body,
        "one more million events",
        bill.oneMoreMillionKept(),
        "at list price; %s of it in their first month".formatted(Usd.text(bill.oneMoreMillion())));
    OptionalDouble segment = report.prices().segment().usd(traffic.events(), traffic.users());
    if (segment.isPresent()) {
      figure(
          body,
          "Segment, for the same events",
          segment.getAsDouble(),
          "its public tiers of " + report.prices().segment().provenance().date());
    }
    body.close();
  }

  private static void figure(Markup body, String what, double usd, String note) {
    body.open("div", "class", "card").element("dt", what);
    body.element("dd", Usd.text(usd), "class", "number");
    body.element("dd", note, "class", "small muted").close();
  }

  private void volume(Markup body) {
    body.element("h2", "Cost against volume");
    body.element(
        "p",
        "Both axes are logarithmic: a step up is ten times the money. Others are at their public"
            + " list prices, at the highest volume that they publish one for; some include"
            + " analytics or many more destinations.");
    chart(body, new CostCharts(report).volume());
    body.element("p", "USD a month beyond what is free, by events a month:", "class", "after");
    body.open("div", "class", "scroll").open("table", "class", "volume");
    body.open("thead").open("tr").element("th", "");
    VOLUMES.forEach(v -> body.element("th", CostCharts.count(v), "class", "number"));
    body.element("th", "list of", "class", "number").close().close().open("tbody");
    row(body, "this pipeline", "see below");
    for (Plan plan : report.prices().plans().values()) {
      body.open("tr").element("td", plan.title());
      for (long events : VOLUMES) {
        OptionalDouble usd = plan.usd(events, 0);
        String text = usd.isPresent() ? Usd.text(usd.getAsDouble()) : "–";
        body.element("td", text, "class", "number");
      }
      body.element("td", plan.provenance().date().toString(), "class", "number").close();
    }
    body.close().close().close();
  }

  private void row(Markup body, String name, String date) {
    body.open("tr").element("td", name);
    for (long events : VOLUMES) {
      Bill bill = new Bill(report.workload().withEvents(events), report.prices());
      body.element("td", Usd.text(Bill.billed(bill.laterMonth())), "class", "number");
    }
    body.element("td", date, "class", "number").close();
  }

  private void bill(Markup body) {
    List<BillLine> first = report.bill().firstMonth();
    List<BillLine> later = report.bill().laterMonth();
    body.element("h2", "The bill");
    body.open("div", "class", "scroll").open("table", "class", "bill").open("thead").open("tr");
    body.element("th", "for");
    body.element("th", "first month", "class", "number");
    body.element("th", "later months", "class", "number");
    body.element("th", "list price", "class", "number").close().close().open("tbody");
    for (int i = 0; i < first.size(); i++) {
      BillLine line = later.get(i);
      body.open("tr", "class", "line").element("td", line.service() + ", " + line.what());
      money(body, first.get(i).billed());
      money(body, line.billed());
      money(body, line.list());
      body.close();
      body.open("tr").element("td", line.how(), "class", "small muted", "colspan", "4").close();
    }
    body.open("tr", "class", "total").element("th", "total");
    money(body, Bill.billed(first));
    money(body, Bill.billed(later));
    money(body, Bill.total(later));
    body.close().close().close().close();
    body.element(
        "p",
        "First and later months are beyond what Google gives free each month; the list price is a later month with"
            + " nothing free (%s for the first). One more million events cost %s in their month, %s once %s of rows are"
                .formatted(
                    Usd.text(Bill.total(first)),
                    Usd.text(report.bill().oneMoreMillion()),
                    Usd.text(report.bill().oneMoreMillionKept()),
                    Counted.of(report.workload().keeping().tableMonths(), "month"))
            + " kept. Not in it: analysts' queries (%s), network to other places, logs beyond 50 GiB, support, tax."
                .formatted(report.prices().of(Item.BIGQUERY_QUERY).text()),
        "class",
        "after");
  }

  private static void money(Markup body, double usd) {
    body.element("td", String.format(Locale.ROOT, "%,.2f", usd), "class", "number");
  }

  private void where(Markup body) {
    MoneyBars bars = new MoneyBars(report, VOLUMES);
    body.element("h2", "Where the money goes");
    body.element(
        "p",
        "Shares of a later month at list prices, by events a month. A small pipeline pays for the"
            + " function's starts, a large one for bytes.");
    body.open("div", "class", "card");
    body.add(bars.svg(720, "wide")).add(bars.svg(360, "narrow")).add(bars.legend()).close();
  }

  private void breakEven(Markup body) {
    BreakEven even = report.breakEven();
    if (even.planUsd().isEmpty()) {
      return;
    }
    body.element("h2", "Break-even");
    double post =
        even.planUsd().getAsDouble() / even.users() / report.original().perMillion() * 1e6;
    String ours =
        even.eventsPerUser().isPresent()
            ? "this one meets it at " + number(even.eventsPerUser().getAsDouble()) + "."
            : "this one never does.";
    body.element(
        "p",
        "%s asks %s for %s, who may send %s events each. The break-even line is that price: by its own figures the original post's pipeline meets it at %s events a user; %s"
            .formatted(
                even.plan().title(),
                Usd.text(even.planUsd().getAsDouble()),
                Counted.of(even.users(), "user"),
                number(even.plan().limits().eventsPerUser()),
                number(post),
                ours));
    chart(body, new CostCharts(report).breakEven());
  }

  private static String number(double value) {
    return Counted.number(Math.round(value));
  }

  private static void chart(Markup body, LineChart chart) {
    body.open("div", "class", "card");
    body.add(chart.svg(880, 460, "wide", true)).add(chart.svg(360, 330, "narrow", false));
    body.open("ul", "class", "legend narrow");
    for (LineChart.Series line : chart.series()) {
      body.open("li");
      body.open(
          "svg", "class", "swatch", "viewBox", "0 0 24 8", "width", "24", "aria-hidden", "true");
      if (line.points().size() == 1) {
        body.empty("circle", "class", "dot " + line.style(), "cx", "12", "cy", "4", "r", "4");
      } else {
        body.empty(
            "line", "class", "line " + line.style(), "x1", "0", "y1", "4", "x2", "24", "y2", "4");
      }
      body.close().text(line.name()).close();
    }
    body.close().close();
  }

  private void original(Markup body) {
    body.element("h2", "The original post's arithmetic");
    body.element(
        "p",
        "This pipeline comes from a post of March 2024. Here are its figures again, from its own"
            + " inputs, and what is off in them.");
    body.open("p").element("a", OriginalPost.ADDRESS, "href", OriginalPost.ADDRESS).close();
    body.open("div", "class", "scroll").open("table", "class", "bill").open("thead").open("tr");
    body.element("th", "figure").element("th", "it says", "class", "number");
    body.element("th", "its inputs give", "class", "number").close().close().open("tbody");
    for (OriginalPost.Figure figure : report.original().figures()) {
      body.open("tr", "class", "line").element("td", figure.what());
      body.element("td", figure.printed(), "class", "number");
      money(body, figure.value());
      body.close();
      body.open("tr").element("td", figure.how(), "class", "small muted", "colspan", "3").close();
    }
    body.close().close().close();
    body.open("ol", "class", "after");
    report.original().corrections().forEach(text -> body.element("li", text));
    body.close();
  }

  private void prices(Markup body) {
    body.element("h2", "The prices");
    List<OldPrice> old = report.oldPrices();
    if (!old.isEmpty()) {
      body.element(
          "p",
          "Older than %d days: %s. Look them up and give today's with --prices."
              .formatted(
                  Provenance.OLD_DAYS,
                  old.stream()
                      .map(price -> price.name() + " (" + price.ageDays() + " days)")
                      .collect(Collectors.joining("; "))),
          "class",
          "warning");
    }
    body.open("div", "class", "scroll").open("table", "class", "bill").open("thead").open("tr");
    body.element("th", "price")
        .element("th", "of", "class", "number")
        .close()
        .close()
        .open("tbody");
    for (Item item : Item.values()) {
      Price price = report.prices().of(item);
      row(body, item.key(), price.text(), price.provenance());
    }
    for (Plan plan : report.prices().plans().values()) {
      row(body, plan.title(), "", plan.provenance());
    }
    body.close().close().close();
  }

  private static void row(Markup body, String what, String price, Provenance provenance) {
    body.open("tr", "class", "line").element("td", what);
    body.element("td", provenance.date().toString(), "class", "number").close();
    String amount = price.isEmpty() ? "" : price + ". ";
    String note = provenance.note().isEmpty() ? "" : ": " + provenance.note();
    body.open("tr")
        .element("td", amount + provenance.source() + note, "class", "small muted", "colspan", "2");
    body.close();
  }
}
