package dev.millrace.cli.inspect;

import dev.millrace.cli.console.Failure;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace inspect batch}. */
@Command(
    name = "batch",
    description = {
      "Shows everything about one batch: its events, bad ones by reason, guards, discarded values,"
          + " rows and jobs per table, changes of the schema, timings.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace inspect batch 1795451447.201694004711",
      "  millrace inspect batch 2026/11/26/10-00-00_5f0c.avro --json",
      "",
      "Exit codes: 0 done; 1 there is no such batch, or the dataset can't be asked; 2",
      "the arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
final class BatchCommand implements Callable<Integer> {
  @Mixin private InspectOptions options;

  @Parameters(
      paramLabel = "ID",
      description =
          "A load id, or the name of the batch object; of a file that was loaded, the SHA-256 of"
              + " its content")
  private String id;

  @Override
  public Integer call() throws IOException {
    return options.with(
        (dataset, pipeline) -> {
          Batches batches = new Batches(dataset);
          List<BatchOutcome> outcomes = batches.outcomes(id);
          if (outcomes.isEmpty()) {
            throw Failure.failed(
                "no batch %s in %s; `millrace inspect batches` lists those that there are, and `millrace reconcile` those that were never loaded"
                    .formatted(id, dataset.label()));
          }
          options.print(BatchReport.of(dataset, batches, outcomes));
          return 0;
        });
  }
}
