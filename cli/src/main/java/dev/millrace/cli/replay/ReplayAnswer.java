package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.replay.ReplayReport;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Ends a command that loaded batches. */
final class ReplayAnswer {
  private ReplayAnswer() {}

  /**
   * Prints what was done.
   *
   * @param dataset what a person calls it
   * @return the exit code
   */
  static int print(CommandSpec command, ReplayReport report, String dataset, boolean json) {
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? ReplayText.json(report, dataset) : ReplayText.text(report, dataset));
    out.flush();
    return report.isComplete() ? 0 : Failure.FAILED;
  }
}
