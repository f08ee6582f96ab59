package dev.millrace.cli.cost;

import java.time.Duration;
import java.time.LocalDate;

/** Workloads and reports that tests start from. */
final class Given {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

  private Given() {}

  /** The estimate's: events of 1 KiB, 1 file in each window of 10 min, 30 days, 12 months. */
  static Workload events(long events) {
    return workload(new Traffic(events, 0, 1024, false), 1);
  }

  static Workload workload(Traffic traffic, double filesPerWindow) {
    return new Workload(
        traffic,
        new Workload.Batching(Duration.ofMinutes(10), filesPerWindow),
        new Workload.Keeping(30, 12));
  }

  static PriceList prices() {
    return PriceFile.shipped().of("us");
  }

  static Bill bill(long events) {
    return new Bill(events(events), prices());
  }

  static CostReport report(long events) {
    return new CostReport(events(events), prices(), null, TODAY);
  }
}
