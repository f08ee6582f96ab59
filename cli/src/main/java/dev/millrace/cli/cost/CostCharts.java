package dev.millrace.cli.cost;

import dev.millrace.cli.cost.LineChart.Axis;
import dev.millrace.cli.cost.LineChart.Mark;
import dev.millrace.cli.cost.LineChart.Point;
import dev.millrace.cli.cost.LineChart.Series;
import dev.millrace.cli.show.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** The charts of a report. */
record CostCharts(CostReport report) {
  private static final int STEPS_PER_TENFOLD = 24;
  private static final int LAST_STYLE = 6;
  private static final String OURS = "s1";
  private static final String POST = "ink dashed";

  /** Cost against volume: this, the original post, and every plan with a public price. */
  LineChart volume() {
    Axis x = new Axis("events a month", 1e5, 1e10, CostCharts::count);
    Axis y = new Axis("USD a month", 1e-2, 1e6, CostCharts::money);
    List<Series> series = new ArrayList<>();
    series.add(line("this pipeline", OURS, x, this::ours));
    series.add(line("this, nothing free", OURS + " dashed", x, this::list));
    series.add(line("original post, $37 a million", POST, x, this::post));
    int style = 2;
    for (Plan plan : report.prices().plans().values()) {
      Series line = planned(plan, "s" + style, x);
      if (!line.points().isEmpty()) {
        series.add(line);
      }
      style = style == LAST_STYLE ? 2 : style + 1;
    }
    yourUsers(x).ifPresent(series::add);
    List<Mark> marks = new ArrayList<>();
    if (x.holds(report.traffic().events())) {
      marks.add(new Mark(report.traffic().events(), "your events"));
    }
    return new LineChart("Cost a month against events a month", x, y, series, marks);
  }

  /** Segment at as many events a user as were given, if that is fewer than it allows. */
  private Optional<Series> yourUsers(Axis x) {
    Traffic traffic = report.traffic();
    Plan segment = report.prices().segment();
    if (traffic.users() == 0 || segment.usersFor(traffic.events()) >= traffic.users()) {
      return Optional.empty();
    }
    double each = (double) traffic.events() / traffic.users();
    return Optional.of(
        line(
            segment.title() + ", your " + events(each),
            "s2 dashed",
            x,
            events -> segment.usd((long) events, (long) (events / each)).orElse(0)));
  }

  /** Break-even: what a fixed number of users costs, against how much each of them sends. */
  LineChart breakEven() {
    BreakEven even = report.breakEven();
    OriginalPost post = report.original();
    double users = even.users();
    Axis x = new Axis("events a user a month", 1, 1e6, CostCharts::count);
    Axis y = new Axis("USD a month", 1e-1, 1e6, CostCharts::money);
    Plan plan = even.plan();
    List<Series> series = new ArrayList<>();
    series.add(line("this pipeline", OURS, x, each -> ours(each * users)));
    series.add(line("original post, $37 a million", POST, x, each -> post(each * users)));
    double asked = even.planUsd().orElse(0);
    series.add(line("break-even, " + Usd.text(asked), "s2 dashed", x, each -> asked));
    series.add(
        line(
            named(plan), "s2", x, each -> plan.usd((long) (each * users), even.users()).orElse(0)));
    double postEven = asked / users / (post.perMillion() / 1e6);
    List<Mark> marks = new ArrayList<>();
    mark(marks, x, postEven, "the post: " + events(postEven));
    even.eventsPerUser().ifPresent(each -> mark(marks, x, each, "this: " + events(each)));
    return new LineChart("Cost a month against events a user", x, y, series, marks);
  }

  private static void mark(List<Mark> marks, Axis axis, double at, String label) {
    if (axis.holds(at)) {
      marks.add(new Mark(at, label));
    }
  }

  private static String events(double each) {
    return Counted.number(Math.round(each)) + " events a user";
  }

  private static String named(Plan plan) {
    long limit = plan.limits().eventsPerUser();
    return plan.meter() == Plan.Meter.USERS && limit > 0
        ? plan.title() + ", " + limit + " events a user"
        : plan.title();
  }

  /** A plan with but one public price is a dot. */
  private Series planned(Plan plan, String style, Axis x) {
    Plan.Limits limits = plan.limits();
    String name = named(plan);
    if (plan.tiers().size() == 1 && plan.usd(limits.soldUpTo(), 0).isPresent()) {
      double only = plan.usd(limits.soldUpTo(), 0).getAsDouble();
      return new Series(name, style, List.of(new Point(limits.soldUpTo(), only)));
    }
    List<Point> points = new ArrayList<>();
    for (double events : steps(x)) {
      OptionalDouble usd = plan.usd((long) events, 0);
      usd.ifPresent(value -> points.add(new Point(events, value)));
    }
    return new Series(name, style, points);
  }

  private static Series line(String name, String style, Axis x, DoubleUnaryOperator usd) {
    List<Point> points = new ArrayList<>();
    for (double at : steps(x)) {
      points.add(new Point(at, usd.applyAsDouble(at)));
    }
    return new Series(name, style, points);
  }

  private static List<Double> steps(Axis axis) {
    List<Double> steps = new ArrayList<>();
    long count = Math.round(Math.log10(axis.max() / axis.min()) * STEPS_PER_TENFOLD);
    for (long i = 0; i <= count; i++) {
      steps.add(axis.min() * Math.pow(10, (double) i / STEPS_PER_TENFOLD));
    }
    return steps;
  }

  private double ours(double events) {
    return Bill.billed(bill(events).laterMonth());
  }

  private double list(double events) {
    return Bill.total(bill(events).laterMonth());
  }

  private Bill bill(double events) {
    return new Bill(report.workload().withEvents((long) events), report.prices());
  }

  private double post(double events) {
    return events / 1e6 * report.original().perMillion();
  }

  /** {@code 100k}, {@code 1M}, {@code 10B}. */
  static String count(double number) {
    if (number >= 1e9) {
      return rounded(number / 1e9) + "B";
    }
    if (number >= 1e6) {
      return rounded(number / 1e6) + "M";
    }
    return number >= 1e4
        ? rounded(number / 1e3) + "k"
        : String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String money(double usd) {
    return usd < 1 ? "$" + rounded(usd) : "$" + count(usd);
  }

  private static String rounded(double number) {
    String digits = String.format(Locale.ROOT, "%.2f", number);
    return digits.replaceAll("\\.?0+$", "");
  }
}
