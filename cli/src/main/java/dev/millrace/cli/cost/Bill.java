package dev.millrace.cli.cost;

import static dev.millrace.cli.cost.Item.BIGQUERY_ACTIVE;
import static dev.millrace.cli.cost.Item.BIGQUERY_INSERT_ALL;
import static dev.millrace.cli.cost.Item.BIGQUERY_LOAD;
import static dev.millrace.cli.cost.Item.BIGQUERY_LONG_TERM;
import static dev.millrace.cli.cost.Item.BIGQUERY_WRITE_API;
import static dev.millrace.cli.cost.Item.PUBSUB_PUBLISH;
import static dev.millrace.cli.cost.Item.PUBSUB_STORAGE_SUBSCRIPTION;
import static dev.millrace.cli.cost.Item.RUN_MEMORY;
import static dev.millrace.cli.cost.Item.RUN_REQUESTS;
import static dev.millrace.cli.cost.Item.RUN_VCPU;
import static dev.millrace.cli.cost.Item.STORAGE_CLASS_A;
import static dev.millrace.cli.cost.Item.STORAGE_CLASS_B;
import static dev.millrace.cli.cost.Item.STORAGE_STANDARD;

import java.util.List;
import java.util.Locale;

/**
 * What Google bills for a month: quantity times price, line by line. Not in it: analysts' queries,
 * logs beyond their free 50 GiB, network to other places, support, tax.
 */
record Bill(Workload workload, PriceList prices) {
  /** The function's instance: 1 vCPU and 1 GiB. */
  private static final double MEMORY_GIB = 1;

  /** What a batch costs the function beside its bytes: a cold start, and waiting for its jobs. */
  private static final double SECONDS_PER_FILE = 3 + 15;

  /**
   * How fast the function reads, types and stages a batch: half of what one core does
   * (docs/performance.md).
   */
  private static final double BYTES_PER_SECOND = 40e6;

  private static final double WRITES_PER_FILE = 2;
  private static final double READS_PER_FILE = 4;

  /** A partition that nothing has changed for 90 days costs the long-term price. */
  private static final int ACTIVE_MONTHS = 3;

  /** The first month: the tables hold that month's events. */
  List<BillLine> firstMonth() {
    return lines(1);
  }

  /** A later month: the tables hold as many months as are kept. */
  List<BillLine> laterMonth() {
    return lines(workload.keeping().tableMonths());
  }

  /** What one more million events a month add to the first month's bill, with nothing free. */
  double oneMoreMillion() {
    return total(new Bill(more(), prices).firstMonth()) - total(firstMonth());
  }

  /** The same with as many months in the tables as are kept. */
  double oneMoreMillionKept() {
    return total(new Bill(more(), prices).laterMonth()) - total(laterMonth());
  }

  /** What Google would ask beyond the bill if rows were streamed by the Storage Write API. */
  double writeApi() {
    return prices.of(BIGQUERY_WRITE_API).billed(traffic().gib());
  }

  /** What Google would ask beyond the bill if rows were streamed by insertAll. */
  double insertAll() {
    return prices.of(BIGQUERY_INSERT_ALL).billed(traffic().gib());
  }

  /** The sum with nothing free. */
  static double total(List<BillLine> lines) {
    return lines.stream().mapToDouble(BillLine::list).sum();
  }

  /** The sum beyond the free tiers. */
  static double billed(List<BillLine> lines) {
    return lines.stream().mapToDouble(BillLine::billed).sum();
  }

  private Workload more() {
    return workload.withEvents(traffic().events() + 1_000_000);
  }

  private List<BillLine> lines(int months) {
    return List.of(
        publishing(), subscription(), landing(), operations(), run(), loading(), tables(months));
  }

  private BillLine publishing() {
    double gib = traffic().publishedGib();
    Price price = prices.of(PUBSUB_PUBLISH);
    return line("Pub/Sub", "publishing", how("%s GiB", gib), price, gib);
  }

  private BillLine subscription() {
    double gib = traffic().publishedGib();
    Price price = prices.of(PUBSUB_STORAGE_SUBSCRIPTION);
    return line("Pub/Sub", "writing batches", how("%s GiB", gib), price, gib);
  }

  private BillLine landing() {
    int days = workload.keeping().landingDays();
    double gib = traffic().publishedGib() * days / Workload.MONTH.toDays();
    Price price = prices.of(STORAGE_STANDARD);
    return line(
        "Cloud Storage", "batches kept " + days + " days", how("%s GiB-months", gib), price, gib);
  }

  private BillLine operations() {
    double writes = files() * WRITES_PER_FILE;
    double reads = files() * READS_PER_FILE;
    Price write = prices.of(STORAGE_CLASS_A);
    Price read = prices.of(STORAGE_CLASS_B);
    return new BillLine(
        "Cloud Storage",
        "operations",
        String.format(
            Locale.ROOT,
            "%,.0f writes at %s, %,.0f reads at %s",
            writes,
            write.text(),
            reads,
            read.text()),
        write.billed(writes) + read.billed(reads),
        write.list(writes) + read.list(reads));
  }

  private BillLine run() {
    double seconds =
        files() * SECONDS_PER_FILE
            + (double) traffic().events() * traffic().bytesPerEvent() / BYTES_PER_SECOND;
    Price processor = prices.of(RUN_VCPU);
    Price memory = prices.of(RUN_MEMORY);
    Price requests = prices.of(RUN_REQUESTS);
    return new BillLine(
        "Cloud Run",
        "the function",
        String.format(
            Locale.ROOT,
            "%,.0f batches of %.0f s and their bytes, %,.0f s in all, at %s and %s",
            files(),
            SECONDS_PER_FILE,
            seconds,
            processor.text(),
            memory.text()),
        processor.billed(seconds) + memory.billed(seconds * MEMORY_GIB) + requests.billed(files()),
        processor.list(seconds) + memory.list(seconds * MEMORY_GIB) + requests.list(files()));
  }

  private BillLine loading() {
    double gib = traffic().gib();
    return line("BigQuery", "load jobs", how("%s GiB", gib), prices.of(BIGQUERY_LOAD), gib);
  }

  private BillLine tables(int months) {
    double active = traffic().gib() * Math.min(months, ACTIVE_MONTHS);
    double longTerm = traffic().gib() * Math.max(0, months - ACTIVE_MONTHS);
    Price young = prices.of(BIGQUERY_ACTIVE);
    Price old = prices.of(BIGQUERY_LONG_TERM);
    String how = how("%s GiB", active) + " at " + young.text();
    return new BillLine(
        "BigQuery",
        months == 1 ? "tables, this month's rows" : "tables, " + months + " months of rows",
        longTerm == 0 ? how : how + ", " + how("%s GiB", longTerm) + " at " + old.text(),
        young.billed(active) + old.billed(longTerm),
        young.list(active) + old.list(longTerm));
  }

  private static BillLine line(
      String service, String what, String how, Price price, double quantity) {
    return new BillLine(
        service, what, how + " at " + price.text(), price.billed(quantity), price.list(quantity));
  }

  private static String how(String form, double quantity) {
    String digits = quantity < 10 ? "%,.2f" : "%,.0f";
    return form.formatted(String.format(Locale.ROOT, digits, quantity));
  }

  private double files() {
    return workload.batching().files();
  }

  private Traffic traffic() {
    return workload.traffic();
  }
}
