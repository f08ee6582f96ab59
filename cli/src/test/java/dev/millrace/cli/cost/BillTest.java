package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BillTest {
  static Stream<Arguments> every_cell_of_the_estimate() {
    Estimate estimate = Estimate.read();
    return estimate.lines().keySet().stream()
        .flatMap(
            line ->
                estimate.volumes().stream()
                    .map(volume -> Arguments.of(line, volume, estimate.cell(line, volume))));
  }

  /** Within 2 %, or within half of the last digit that the estimate prints. */
  @ParameterizedTest
  @MethodSource
  void every_cell_of_the_estimate(String line, long volume, String printed) {
    BigDecimal expected = new BigDecimal(printed);
    double halfADigit = Math.pow(10, -expected.scale()) / 2;
    double wide = Math.max(expected.doubleValue() * 0.02, halfADigit * 1.01);

    assertThat(Estimate.computed(line, volume)).isCloseTo(expected.doubleValue(), within(wide));
  }

  @Test
  void one_more_million_costs_12_cents_at_any_volume() {
    for (long events : List.of(0L, 1_000_000L, 10_000_000_000L)) {
      assertThat(Given.bill(events).oneMoreMillion()).isCloseTo(0.123, within(0.0005));
      assertThat(Given.bill(events).oneMoreMillionKept()).isCloseTo(0.247, within(0.0005));
    }
  }

  @Test
  void the_first_million_costs_2_dollars_24_with_nothing_free() {
    assertThat(Bill.total(Given.bill(1_000_000).firstMonth())).isCloseTo(2.24, within(0.005));
  }

  @Test
  void one_more_million_of_packed_events_stays_under_5_cents() {
    Workload packed = Given.workload(new Traffic(1_000_000, 0, 1024, true), 1);

    assertThat(new Bill(packed, Given.prices()).oneMoreMillion()).isBetween(0.04, 0.05);
  }

  @Test
  void packing_makes_the_bytes_in_pubsub_and_the_bucket_fewer_and_those_in_the_tables_no_fewer() {
    Traffic plain = new Traffic(100_000_000, 0, 1024, false);
    Traffic packed = new Traffic(100_000_000, 0, 1024, true);
    List<BillLine> one = new Bill(Given.workload(plain, 1), Given.prices()).firstMonth();
    List<BillLine> other = new Bill(Given.workload(packed, 1), Given.prices()).firstMonth();

    for (int i = 0; i < 3; i++) {
      assertThat(one.get(i).list() / other.get(i).list())
          .isCloseTo(Traffic.PACKED_TIMES, within(1e-9));
    }
    assertThat(other.subList(3, 7)).isEqualTo(one.subList(3, 7));
  }

  @Test
  void five_files_a_window_add_about_5_dollars_whatever_the_volume() {
    for (long events : List.of(1_000_000L, 100_000_000L)) {
      Traffic traffic = new Traffic(events, 0, 1024, false);
      double one = Bill.billed(new Bill(Given.workload(traffic, 1), Given.prices()).firstMonth());
      double five = Bill.billed(new Bill(Given.workload(traffic, 5), Given.prices()).firstMonth());

      assertThat(five - one).isBetween(4.5, 6.0);
    }
  }

  @Test
  void batches_kept_twice_as_long_cost_twice_as_much_at_list_price() {
    Workload month = Given.events(100_000_000);
    Workload two = new Workload(month.traffic(), month.batching(), new Workload.Keeping(60, 12));

    assertThat(new Bill(two, Given.prices()).firstMonth().get(2).list())
        .isCloseTo(2 * new Bill(month, Given.prices()).firstMonth().get(2).list(), within(1e-9));
  }

  @Test
  void each_line_says_how_it_comes_about() {
    assertThat(Given.bill(10_000_000).laterMonth())
        .extracting(BillLine::how)
        .contains(
            "9.54 GiB at $50 per TiB",
            "29 GiB at $0.02 per GiB-month, 86 GiB at $0.01 per GiB-month");
  }
}
