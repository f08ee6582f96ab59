package dev.millrace.cli.cost;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;

/**
 * A report for programs, as {@code docs/costs.md} describes it: money in USD, every key always
 * there, null where there is nothing to say.
 */
record CostDocument(CostReport report) {
  /** The key that tells such a document from others; its value is the form's version. */
  static final String FORM = "millrace_cost";

  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Indented JSON that ends in a newline. */
  String json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content()) + "\n";
  }

  private Map<String, Object> content() {
    Bill bill = report.bill();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(FORM, VERSION);
    document.put("workload", workload());
    document.put("region", report.prices().region());
    document.put("first_month", month(bill.firstMonth()));
    document.put("later_month", month(bill.laterMonth()));
    document.put("one_more_million", Usd.exact(bill.oneMoreMillion()));
    document.put("one_more_million_kept", Usd.exact(bill.oneMoreMillionKept()));
    document.put("streaming_would_add", streaming(bill));
    document.put("plans", report.prices().plans().values().stream().map(this::plan).toList());
    document.put("break_even", breakEven());
    document.put("original_post", original());
    document.put("prices", prices());
    document.put("warnings", report.oldPrices().stream().map(OldPrice::sentence).toList());
    return document;
  }

  private Map<String, Object> workload() {
    Workload workload = report.workload();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("events", workload.traffic().events());
    content.put("users", workload.traffic().users() == 0 ? null : workload.traffic().users());
    content.put("bytes_per_event", workload.traffic().bytesPerEvent());
    content.put("packed", workload.traffic().packed());
    content.put("window_seconds", workload.batching().window().toSeconds());
    content.put("files_per_window", Usd.exact(workload.batching().filesPerWindow()));
    content.put("landing_days", workload.keeping().landingDays());
    content.put("table_months", workload.keeping().tableMonths());
    content.put("measured", report.measured());
    return content;
  }

  private static Map<String, Object> month(List<BillLine> lines) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("billed", Usd.exact(Bill.billed(lines)));
    content.put("list", Usd.exact(Bill.total(lines)));
    content.put("lines", lines.stream().map(CostDocument::line).toList());
    return content;
  }

  private static Map<String, Object> line(BillLine line) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("service", line.service());
    content.put("what", line.what());
    content.put("how", line.how());
    content.put("billed", Usd.exact(line.billed()));
    content.put("list", Usd.exact(line.list()));
    return content;
  }

  private static Map<String, Object> streaming(Bill bill) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("storage_write_api", Usd.exact(bill.writeApi()));
    content.put("insert_all", Usd.exact(bill.insertAll()));
    return content;
  }

  private Map<String, Object> plan(Plan plan) {
    Traffic traffic = report.traffic();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("title", plan.title());
    content.put("usd", money(plan.usd(traffic.events(), traffic.users())));
    content.put("source", plan.provenance().source());
    content.put("date", plan.provenance().date().toString());
    content.put("age_days", plan.provenance().ageDays(report.today()));
    return content;
  }

  private Map<String, Object> breakEven() {
    BreakEven even = report.breakEven();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("plan", even.plan().title());
    content.put("users", even.users());
    content.put("plan_usd", money(even.planUsd()));
    content.put("events_per_user", money(even.eventsPerUser()));
    return content;
  }

  private Map<String, Object> original() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("source", OriginalPost.ADDRESS);
    content.put("figures", report.original().figures().stream().map(CostDocument::figure).toList());
    content.put("corrections", report.original().corrections());
    return content;
  }

  private static Map<String, Object> figure(OriginalPost.Figure figure) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("what", figure.what());
    content.put("printed", figure.printed());
    content.put("value", Usd.exact(figure.value()));
    content.put("how", figure.how());
    return content;
  }

  private List<Map<String, Object>> prices() {
    return Arrays.stream(Item.values()).map(item -> price(report.prices().of(item))).toList();
  }

  private Map<String, Object> price(Price price) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("item", price.item().key());
    content.put("usd", price.usd());
    content.put("per", price.per().toString());
    content.put("free", price.free());
    content.put("source", price.provenance().source());
    content.put("date", price.provenance().date().toString());
    content.put("age_days", price.provenance().ageDays(report.today()));
    return content;
  }

  private static Object money(OptionalDouble usd) {
    return usd.isPresent() ? Usd.exact(usd.getAsDouble()) : null;
  }
}
