package dev.millrace.cli;

import dev.millrace.cli.catalog.CatalogCommand;
import dev.millrace.cli.console.FailureReport;
import dev.millrace.cli.console.QuietLogging;
import dev.millrace.cli.console.TimeSpan;
import dev.millrace.cli.cost.CostCommand;
import dev.millrace.cli.demo.DemoCommand;
import dev.millrace.cli.forget.ForgetCommand;
import dev.millrace.cli.inspect.InspectCommand;
import dev.millrace.cli.load.LoadCommand;
import dev.millrace.cli.local.LocalCommand;
import dev.millrace.cli.preview.PreviewCommand;
import dev.millrace.cli.reconcile.ReconcileCommand;
import dev.millrace.cli.replay.ReplayCommand;
import dev.millrace.cli.simulate.SimulateCommand;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code millrace} command. */
@Command(
    name = "millrace",
    description = {
      "An event pipeline that you own: JSON events in, typed tables out.",
      "Nothing is sent anywhere but to the services that settings name."
    },
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 the arguments or settings can't be used, 130 interrupted.",
      "MILLRACE_DEBUG=1 in the environment shows logs and stack traces.",
    },
    subcommands = {
      CatalogCommand.class,
      CostCommand.class,
      DemoCommand.class,
      ForgetCommand.class,
      InspectCommand.class,
      LoadCommand.class,
      LocalCommand.class,
      PreviewCommand.class,
      ReconcileCommand.class,
      ReplayCommand.class,
      SimulateCommand.class
    })
public final class Millrace {
  private Millrace() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    boolean debug = "1".equals(System.getenv("MILLRACE_DEBUG"));
    QuietLogging.configure(debug);
    System.exit(commandLine(debug).execute(arguments));
  }

  static CommandLine commandLine(boolean debug) {
    return new CommandLine(new Millrace())
        .registerConverter(Duration.class, new TimeSpan())
        .setExecutionExceptionHandler(new FailureReport(debug))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
