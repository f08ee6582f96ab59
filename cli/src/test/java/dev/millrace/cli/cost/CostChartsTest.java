package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.cli.cost.LineChart.Point;
import dev.millrace.cli.cost.LineChart.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostChartsTest {
  private final LineChart volume = new CostCharts(Given.report(10_000_000)).volume();
  private final LineChart breakEven = new CostCharts(Given.report(10_000_000)).breakEven();

  @Test
  void every_plan_with_a_public_price_is_in_the_chart() {
    assertThat(volume.series())
        .extracting(Series::name)
        .containsExactly(
            "this pipeline",
            "this, nothing free",
            "original post, $37 a million",
            "Segment Team, 250 events a user",
            "RudderStack Growth",
            "Jitsu Business",
            "PostHog, events only",
            "Mixpanel Growth");
  }

  @Test
  void a_line_shows_what_the_bill_says() {
    assertThat(at(volume, "this pipeline", 1e8)).isCloseTo(23.92, within(0.005));
    assertThat(at(volume, "original post, $37 a million", 1e8)).isCloseTo(3_667, within(0.5));
    assertThat(at(volume, "Segment Team, 250 events a user", 1e8)).isEqualTo(4125);
  }

  @Test
  void a_line_ends_where_its_vendor_publishes_no_more_prices() {
    assertThat(points(volume, "Mixpanel Growth")).allMatch(point -> point.x() <= 20e6);
    assertThat(points(volume, "RudderStack Growth")).containsExactly(new Point(1e6, 265));
  }

  @Test
  void the_users_that_were_given_have_a_line_of_their_own() {
    Workload workload = Given.workload(new Traffic(1_500_000, 100_000, 1024, false), 1);
    CostReport report = new CostReport(workload, Given.prices(), null, Given.TODAY);
    LineChart chart = new CostCharts(report).volume();

    assertThat(at(chart, "Segment Team, your 15 events a user", 1e7))
        .isCloseTo(1125 + 566.6 * 10, within(1.0));
  }

  @Test
  void the_break_even_line_meets_both_pipelines_where_it_is_marked() {
    assertThat(breakEven.marks())
        .extracting(LineChart.Mark::label)
        .containsExactly("the post: 307 events a user", "this: 45,755 events a user");
    assertThat(points(breakEven, "break-even, $1,125")).allMatch(point -> point.y() == 1125);
  }

  @Test
  void every_line_has_a_name_in_the_wide_drawing_and_a_legend_under_the_narrow_one() {
    String page = new CostPage(Given.report(10_000_000)).html();

    for (Series line : volume.series()) {
      assertThat(page).contains(line.name() + "</text>").contains(line.name() + "</li>");
    }
  }

  private static double at(LineChart chart, String name, double x) {
    return points(chart, name).stream()
        .filter(point -> Math.abs(point.x() / x - 1) < 1e-9)
        .findFirst()
        .orElseThrow()
        .y();
  }

  private static List<Point> points(LineChart chart, String name) {
    return chart.series().stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElseThrow()
        .points();
  }
}
