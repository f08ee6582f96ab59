package dev.millrace.cli.inspect;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.PointInTime;
import dev.millrace.cli.show.Report;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import dev.millrace.loader.system.BadEventReasons;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace inspect bad}. */
@Command(
    name = "bad",
    description = {
      "Shows what could not be loaded, by reason, with the newest of each.",
      "",
      "An event that `millrace replay bad` has taken counts as replayed: it is loaded, or bad again"
          + " and counted under the load of the replay.",
      "",
      "Payloads are printed only where --show asks for them: as they are kept, with privacy rules"
          + " applied.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace inspect bad",
      "  millrace inspect bad --since 24h --limit 1",
      "  millrace inspect bad --reason cannot_coerce --limit 20 --show",
      "",
      "Exit codes: 0 done; 1 the dataset can't be asked; 2 the arguments or settings",
      "can't be used."
    },
    mixinStandardHelpOptions = true)
final class BadCommand implements Callable<Integer> {
  @Mixin private InspectOptions options;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those of this reason, such as malformed")
  private String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description =
          "Only what was published since: 2026-11-26, 2026-11-26T10:00:00Z, or 30m, 24h, 7d ago")
  private Instant since;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "How many to show of each reason, at most. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Option(names = "--all", description = "Show events that were replayed too")
  private boolean all;

  @Option(names = "--show", description = "Print the payloads")
  private boolean show;

  @Override
  public Integer call() throws IOException {
    int most = Limit.checked(limit);
    refuseUnknownReason();
    return options.with(
        (dataset, pipeline) -> {
          BadEvents bad = new BadEvents(dataset);
          List<BadEvents.Reason> reasons = bad.reasons(reason, since);
          List<BadRow> samples =
              all ? bad.all(reason, since, most, show) : bad.stillBad(reason, since, most, show);
          options.print(
              new Answer(
                  dataset.label(), Chosen.words("of reason", reason, since), reasons, samples));
          return 0;
        });
  }

  private void refuseUnknownReason() {
    List<String> known = BadEventReasons.codes();
    if (reason != null && !known.contains(reason)) {
      throw Failure.usage(
          "there is no reason %s; those that there are are %s"
              .formatted(reason, String.join(", ", known)));
    }
  }

  private record Answer(
      String label, String chosen, List<BadEvents.Reason> reasons, List<BadRow> samples)
      implements InspectOptions.Answer {
    @Override
    public String text() {
      if (reasons.isEmpty()) {
        return "no bad events%s in %s\n".formatted(chosen, label);
      }
      TextTable table =
          TextTable.whole("reason", "events", "partial", "replayed", "first (UTC)", "last (UTC)");
      reasons.forEach(
          it ->
              table.row(
                  it.code(),
                  it.events(),
                  it.partial(),
                  it.replayed(),
                  Times.utc(it.first()),
                  Times.utc(it.last())));
      StringBuilder text = new StringBuilder(table.toString());
      for (BadEvents.Reason reason : reasons) {
        StringBuilder lines = new StringBuilder();
        samples.stream()
            .filter(sample -> sample.reason().equals(reason.code()))
            .forEach(sample -> lines.append(sample.text(2)));
        text.append(lines.isEmpty() ? "" : Report.section(reason.code(), lines.toString()));
      }
      return text.toString();
    }

    @Override
    public Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("dataset", label);
      document.put("reasons", reasons.stream().map(BadEvents.Reason::document).toList());
      document.put("samples", samples.stream().map(BadRow::document).toList());
      return document;
    }
  }
}
