package dev.millrace.cli.replay;

import dev.millrace.cli.show.Account;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import dev.millrace.loader.replay.ReplayReport;
import dev.millrace.loader.replay.ReplayReport.NotIn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a replay did, for a person or a program. */
public final class ReplayText {
  private static final int SHOWN = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ReplayText() {}

  /**
   * For a person.
   *
   * @param dataset what a person calls it
   */
  public static String text(ReplayReport report, String dataset) {
    StringBuilder text = new StringBuilder();
    ReplayReport.Events events = report.events();
    text.append(
        "%s: %s loaded into %s, %s in before\n"
            .formatted(
                Counted.of(report.lookedAt(), "batch"),
                Counted.number(report.loaded()),
                dataset,
                Counted.number(report.before())));
    if (report.loaded() > 0) {
      text.append(
          new Account(events.read(), events.loaded(), events.duplicate(), events.bad()) + "\n");
    }
    if (report.failed() > 0) {
      text.append("\n%s can't be loaded:\n".formatted(Counted.of(report.failed(), "batch")));
      text.append(table(report.failures(), report.failed()));
    }
    if (report.left() > 0) {
      text.append(
          "\n%s not loaded; run the same command again to go on:\n"
              .formatted(Counted.of(report.left(), "batch")));
      text.append(table(report.leftovers(), report.left()));
    }
    return text.toString();
  }

  private static String table(List<NotIn> batches, long all) {
    TextTable table = TextTable.whole("batch", "load id", "code", "detail");
    batches.stream()
        .limit(SHOWN)
        .forEach(each -> table.row(each.batch(), each.loadId(), each.code(), each.detail()));
    return table + (all > SHOWN ? "… and %s more\n".formatted(Counted.number(all - SHOWN)) : "");
  }

  /** For a program: every key is always there. */
  public static String json(ReplayReport report, String dataset) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content(report, dataset))
        + "\n";
  }

  /** The same as a part of another document. */
  public static Map<String, Object> content(ReplayReport report, String dataset) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("dataset", dataset);
    content.put("looked_at", report.lookedAt());
    content.put("in_before", report.before());
    content.put("loaded", report.loaded());
    Map<String, Object> events = new LinkedHashMap<>();
    events.put("read", report.events().read());
    events.put("loaded", report.events().loaded());
    events.put("duplicate", report.events().duplicate());
    events.put("bad", report.events().bad());
    content.put("events", events);
    content.put("failed", report.failed());
    content.put("failures", list(report.failures()));
    content.put("left", report.left());
    content.put("leftovers", list(report.leftovers()));
    return content;
  }

  private static List<Map<String, Object>> list(List<NotIn> batches) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (NotIn each : batches) {
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("batch", each.batch());
      content.put("load_id", each.loadId());
      content.put("code", each.code());
      content.put("detail", each.detail());
      list.add(content);
    }
    return list;
  }
}
