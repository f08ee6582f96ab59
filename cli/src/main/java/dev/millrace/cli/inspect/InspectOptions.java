package dev.millrace.cli.inspect;

import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What every command here takes: which pipeline, and for whom the answer is. */
final class InspectOptions {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin private PipelineOptions pipeline;

  @Option(names = "--json", description = "One JSON document, for scripts")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** A command's work on an open pipeline. */
  @FunctionalInterface
  interface Work {
    /** Returns the exit code. */
    int on(LoadedDataset dataset, OpenPipeline pipeline) throws IOException;
  }

  /** Opens the pipeline, works, and closes it. */
  int with(Work work) throws IOException {
    try (OpenPipeline open = pipeline.openToLook()) {
      return work.on(LoadedDataset.of(open.dataset()), open);
    }
  }

  /** Prints an answer in the form that was asked for. */
  void print(Answer answer) {
    PrintWriter out = command.commandLine().getOut();
    out.print(
        json
            ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer.document()) + "\n"
            : answer.text());
    out.flush();
  }

  /** Tells a person something beside the answer. */
  void remark(String sentence) {
    PrintWriter err = command.commandLine().getErr();
    err.println("millrace: " + sentence);
    err.flush();
  }

  /** An answer to a person and to a script. */
  interface Answer {
    /** For a person; ends in a newline. */
    String text();

    /** For a script: keys in snake_case, always all of them. */
    Map<String, Object> document();
  }
}
