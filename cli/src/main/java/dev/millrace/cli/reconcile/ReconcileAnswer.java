package dev.millrace.cli.reconcile;

import dev.millrace.cli.replay.ReplayText;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import dev.millrace.loader.reconcile.ReconcileReport;
import dev.millrace.loader.reconcile.SurveyReport;
import dev.millrace.loader.reconcile.SurveyReport.Missing;
import dev.millrace.loader.replay.ReplayReport;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What reconciling found and did, for a person or a program.
 *
 * @param dataset what a person calls it
 * @param notified null if no notices were published
 * @param loaded null if nothing was loaded from here
 */
record ReconcileAnswer(
    String dataset, SurveyReport found, ReconcileReport notified, ReplayReport loaded) {
  private static final int SHOWN = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s looked at, %s of them in %s\n"
            .formatted(
                Counted.of(found.objects(), "batch object"), Counted.number(found.in()), dataset));
    if (found.young() > 0) {
      text.append(
          "%s left out, for they may be on their way (--min-age)\n"
              .formatted(Counted.of(found.young(), "younger one")));
    }
    text.append(missing()).append(failures());
    if (notified != null) {
      text.append(
          "\n%s published again%s\n"
              .formatted(
                  Counted.of(notified.republished(), "notice"),
                  notified.leftOver() == 0
                      ? ""
                      : "; %s wait for another run"
                          .formatted(Counted.number(notified.leftOver()))));
    }
    if (loaded != null) {
      text.append('\n').append(ReplayText.text(loaded, dataset));
    }
    return text.toString();
  }

  private String missing() {
    if (found.missingObjects() == 0) {
      return "Nothing is missing.\n";
    }
    TextTable table =
        TextTable.whole("missing batch", "load id", "state", "created", "size", "events");
    for (Missing each : found.missing().subList(0, Math.min(SHOWN, found.missing().size()))) {
      table.row(
          each.batch(),
          each.loadId(),
          each.state(),
          each.created().toString(),
          Counted.bytes(each.bytes()),
          each.events());
    }
    return "%s never loaded, %s half loaded:\n\n%s%s"
        .formatted(
            Counted.number(found.neverLoaded()),
            Counted.number(found.halfLoaded()),
            table,
            more(found.missingObjects()));
  }

  private String failures() {
    if (found.failed() == 0) {
      return "";
    }
    TextTable table = TextTable.whole("failed batch", "load id", "code", "detail");
    found.failures().stream()
        .limit(SHOWN)
        .forEach(each -> table.row(each.batch(), each.loadId(), each.code(), each.detail()));
    return "\n%s failed for good:\n\n%s%s"
        .formatted(Counted.number(found.failed()), table, more(found.failed()));
  }

  private static String more(long all) {
    return all > SHOWN
        ? "… and %s more; --json has the first 1,000\n".formatted(Counted.number(all - SHOWN))
        : "";
  }

  /** Every key is always there, null where nothing was done. */
  String json() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("dataset", dataset);
    content.put("looked_at", found.objects());
    content.put("in", found.in());
    content.put("never_loaded", found.neverLoaded());
    content.put("half_loaded", found.halfLoaded());
    content.put("failed", found.failed());
    content.put("young", found.young());
    content.put("missing", found.missing().stream().map(ReconcileAnswer::content).toList());
    content.put("failures", found.failures().stream().map(ReconcileAnswer::content).toList());
    content.put("republished", notified == null ? null : notified.republished());
    content.put("left_over", notified == null ? null : notified.leftOver());
    content.put("loaded", loaded == null ? null : ReplayText.content(loaded, dataset));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
  }

  private static Map<String, Object> content(Missing missing) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("batch", missing.batch());
    content.put("load_id", missing.loadId());
    content.put("state", missing.state());
    content.put("created_at", missing.created().toString());
    content.put("bytes", missing.bytes());
    content.put("sealed_at", missing.sealedAt() == null ? null : missing.sealedAt().toString());
    content.put("events", missing.events());
    return content;
  }

  private static Map<String, Object> content(ReconcileReport.Failure failure) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("batch", failure.batch());
    content.put("load_id", failure.loadId());
    content.put("code", failure.code());
    content.put("detail", failure.detail());
    return content;
  }
}
