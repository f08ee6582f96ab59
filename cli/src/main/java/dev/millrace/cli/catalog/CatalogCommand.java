package dev.millrace.cli.catalog;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.settings.KnownSchema;
import dev.millrace.cli.settings.LoadedTables;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace catalog}: what is in the dataset, as a page. */
@Command(
    name = "catalog",
    description = {
      "Writes a page for analysts: every table and column with type, description, tags, first seen,"
          + " share of rows that have a value and examples; how tables join; what changed.",
      "",
      "The page is one file that needs no network and no JavaScript. Columns that a privacy rule"
          + " reaches, or that are tagged pii, personal, private, sensitive, confidential or secret,"
          + " show no examples. Descriptions, tags and rules are those of millrace.yaml.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace catalog",
      "  millrace catalog --database shop.duckdb --settings millrace.yaml --out shop.html",
      "  millrace catalog --settings gs://my-state/millrace.yaml --days 7",
      "  millrace catalog --no-examples --out - > catalog.html",
      "",
      "Exit codes: 0 the page is written; 1 the dataset is not there or could not be read, or the page",
      "not be written; 2 the arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
public final class CatalogCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";
  private static final int MOST_DAYS = 36_500;

  @Mixin private PipelineOptions pipeline;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "catalog.html",
      description = "The page; - for standard output. Default: ${DEFAULT-VALUE}")
  private String out;

  @Option(
      names = "--days",
      paramLabel = "N",
      description =
          "Shares and examples are of rows received in the last N days; 0 for all. Default: 30 where"
              + " reading is billed, as in BigQuery, and else 0")
  private Integer days;

  @Option(
      names = "--no-statistics",
      description = "Read no rows: the page has neither shares nor examples, and costs nothing")
  private boolean noStatistics;

  @Option(names = "--no-examples", description = "Show no values")
  private boolean noExamples;

  @Spec private CommandSpec command;
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws IOException {
    if (days != null && (days < 0 || days > MOST_DAYS)) {
      throw new ParameterException(
          command.commandLine(), "--days is %d; 0 to %d is expected".formatted(days, MOST_DAYS));
    }
    boolean toFile = !out.equals(STANDARD_OUTPUT);
    PageFile file = new PageFile(Path.of(out));
    if (toFile) {
      file.refuseIfImpossible();
    }
    try (OpenPipeline open = pipeline.openToLook()) {
      Dataset dataset = open.dataset();
      Catalog catalog = catalog(open, dataset);
      String html = new CatalogPage(catalog, new JoinSql(dataset)).html();
      if (toFile) {
        file.write(html);
        print(command.commandLine().getOut(), summary(catalog));
      } else {
        command.commandLine().getOut().print(html);
        command.commandLine().getOut().flush();
      }
    }
    return 0;
  }

  private Catalog catalog(OpenPipeline open, Dataset dataset) throws IOException {
    Instant now = Instant.now();
    Depth depth = new Depth(!noStatistics, !noExamples, days);
    Map<String, TableInfo> tables = LoadedTables.of(dataset);
    return new CatalogReader(dataset, tables, KnownSchema.of(open), open.settings().normalizer())
        .read(new RowReading(dataset, depth, now, progress), now);
  }

  private String summary(Catalog catalog) {
    long columns = catalog.tables().stream().mapToLong(table -> table.fields().size()).sum();
    String billed =
        catalog.reading().billedBytes().isPresent()
            ? "; reading rows was billed as "
                + Counted.bytes(catalog.reading().billedBytes().getAsLong())
            : "";
    return "%s: %s, %s of %s%s"
        .formatted(
            out,
            Counted.of(catalog.tables().size(), "event table"),
            Counted.of(columns, "column"),
            catalog.dataset(),
            billed);
  }

  private static void print(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }
}
