package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.settings.OpenPipeline;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option of a dataset that is not the pipeline's own. */
final class IntoDataset {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

  @Option(
      names = "--into-dataset",
      paramLabel = "NAME",
      description =
          "Load into this dataset instead of the pipeline's own, to build it anew after a change of"
              + " the settings. It has a schema and load packages of its own. In BigQuery it and"
              + " NAME_unique must be there")
  private String name;

  /**
   * The pipeline that is loaded into: this one, or the same with other tables.
   *
   * @param pipeline whose landing place is read; it is closed
   */
  OpenPipeline of(OpenPipeline pipeline) {
    if (name == null) {
      return pipeline.toLoad();
    }
    if (!NAME.matcher(name).matches()) {
      throw Failure.usage(
          "--into-dataset %s is no dataset's name: letters, digits and _ are expected"
              .formatted(name));
    }
    if (name.equals(pipeline.settings().dataset())) {
      throw Failure.usage(
          "--into-dataset %s is the pipeline's own dataset; leave the option out, or name another"
              .formatted(name));
    }
    return pipeline.into(name);
  }
}
