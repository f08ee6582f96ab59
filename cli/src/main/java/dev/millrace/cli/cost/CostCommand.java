package dev.millrace.cli.cost;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.settings.PipelineOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace cost}: what the pipeline costs a month, and what others would ask. */
@Command(
    name = "cost",
    description = {
      "Says what the pipeline costs a month on Google Cloud, and what others would ask.",
      "",
      "Line by line, beyond the free tiers and at list prices, with what one more million events"
          + " cost. The traffic is given by --events, or read from the batches that a pipeline has"
          + " loaded in the last 30 days. Prices come from a list in which each has its source and"
          + " date; nothing is asked over the network for them.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace cost --events 10M",
      "  millrace cost --events 6M --users 100k --bytes-per-event 700 --packed",
      "  millrace cost --folder millrace-local",
      "  millrace cost --events 100M --region europe-west1 --prices our-prices.yaml",
      "  millrace cost --events 10M --html cost.html",
      "  millrace cost --original",
      "",
      "Exit codes: 0 done; 1 nothing could be read or written; 2 the arguments, the",
      "settings or the price list can't be used."
    },
    mixinStandardHelpOptions = true)
public final class CostCommand implements Callable<Integer> {
  @Mixin private TrafficOptions traffic;
  @Mixin private PipelineOptions pipeline;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Whose prices. Default: the price list's own, us")
  private String region;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description =
          "A price list of your own, laid over the one that comes with the program: in it stands"
              + " only what differs")
  private Path ownPrices;

  @Option(
      names = "--original",
      description =
          "Only the arithmetic of the post that this pipeline comes from, and what is off in it")
  private boolean original;

  @Option(names = "--json", description = "One JSON document for programs")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts, complete in one file")
  private Path html;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    PriceFile file =
        ownPrices == null ? PriceFile.shipped() : PriceFile.over(ownPrices, latestToday(clock));
    PriceList prices = file.of(region);
    if (original) {
      refuseOriginalWithForms();
      return tell(new OriginalText(new OriginalPost(prices.segment())).toString());
    }
    TrafficOptions.Found found = traffic.found(pipeline, clock.instant());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    CostReport report = new CostReport(found.workload(), prices, found.measured(), today);
    if (html != null) {
      write(new CostPage(report).html());
    }
    return tell(json ? new CostDocument(report).json() : new CostText(report) + written());
  }

  /** The day that it is where it is latest: whoever wrote a price list may be there. */
  private static LocalDate latestToday(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(14));
  }

  private void refuseOriginalWithForms() {
    if (json || html != null) {
      throw Failure.usage("--original is text alone: --json and --html always hold the same");
    }
  }

  private String written() {
    return html == null ? "" : "%nThe page is in %s.%n".formatted(html);
  }

  private void write(String page) {
    try {
      Files.writeString(html, page);
    } catch (IOException e) {
      throw Failure.failed(
          html + " can't be written: is its folder there, and may you write in it?", e);
    }
  }

  private int tell(String text) {
    PrintWriter out = command.commandLine().getOut();
    out.print(text);
    out.flush();
    return 0;
  }
}
