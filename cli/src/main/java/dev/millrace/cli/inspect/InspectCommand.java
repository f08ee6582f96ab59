package dev.millrace.cli.inspect;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace inspect}: what is in a dataset and how it came there. */
@Command(
    name = "inspect",
    description = {
      "Shows what a pipeline has loaded: batches, tables, changes of the schema, bad events, and what"
          + " became of one event.",
      "",
      "It asks the dataset's own tables, in DuckDB and BigQuery alike, and changes nothing. On"
          + " BigQuery its questions are billed as queries; --since makes them read less.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  millrace inspect batches --since 24h",
      "  millrace inspect batch 1795451447.201694004711",
      "  millrace inspect schema order_completed --database shop.duckdb",
      "  millrace inspect bad --reason cannot_coerce --show",
      "  millrace inspect event m-1 --settings gs://shop-state/millrace.yaml --since 7d",
      "",
      "Exit codes: 0 done; 1 what was asked for isn't there, or the dataset can't be",
      "asked; 2 the arguments or settings can't be used."
    },
    subcommands = {
      BadCommand.class,
      BatchCommand.class,
      BatchesCommand.class,
      ChangesCommand.class,
      EventCommand.class,
      SchemaCommand.class,
      TablesCommand.class
    },
    mixinStandardHelpOptions = true)
public final class InspectCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        command.commandLine(), "Missing required subcommand: say what to inspect");
  }
}
