package dev.millrace.cli.settings;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.settings.Settings;
import dev.millrace.loader.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/**
 * The options by which a command is told which pipeline it is about. Where none is given, it is
 * what the folder that the command runs in has: {@code millrace.yaml} if it names ports, else
 * {@code millrace-local}, else {@code millrace.duckdb}.
 */
public final class PipelineOptions {
  private static final String SETTINGS = "millrace.yaml";
  private static final String FOLDER = "millrace-local";
  private static final String DATABASE = "millrace.duckdb";

  private final Path here;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "The folder of a pipeline that `millrace local` runs")
  private Path folder;

  @Option(
      names = "--database",
      paramLabel = "FILE",
      description = "A DuckDB file that `millrace load` wrote")
  private Path database;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = {
        "A millrace.yaml, here or at gs://BUCKET/OBJECT. Its ports say where the tables are, unless"
            + " --folder or --database does.",
        "Default, without any of the three: ./millrace.yaml if it names ports, or else"
            + " ./millrace-local, or else ./millrace.duckdb"
      })
  private String settings;

  /** For a command that runs in the current folder. */
  public PipelineOptions() {
    this(Path.of(""));
  }

  /**
   * @param here where a pipeline is looked for if no option names one
   */
  PipelineOptions(Path here) {
    this.here = here;
  }

  /**
   * Opens the pipeline: what is named must be there, and nothing is made.
   *
   * @throws Failure that ends in exit code 2 if the options lead nowhere
   */
  public OpenPipeline open() {
    return open(UnaryOperator.identity());
  }

  /**
   * The same for a command that loads nothing: it needs no right to the secrets that the settings
   * name.
   */
  public OpenPipeline openToLook() {
    return open(SettingsReader::withoutSecrets);
  }

  /**
   * The same for a command that brings events from elsewhere: a DuckDB file that isn't there is
   * made, as {@code millrace load} makes it.
   */
  public OpenPipeline openOrMake() {
    UnaryOperator<SettingsReader> reading = UnaryOperator.identity();
    Function<Path, PipelinePlace> files = file -> PipelinePlace.ofFiles(file, null);
    return found(reading, files)
        .orElseGet(() -> ofDatabase(files.apply(here.resolve(DATABASE)), reading));
  }

  private OpenPipeline open(UnaryOperator<SettingsReader> reading) {
    return found(reading, PipelinePlace::existingFile)
        .orElseThrow(
            () ->
                Failure.usage(
                    "which pipeline? This folder has no %s with ports, no %s and no %s; name one by --settings, --folder or --database"
                        .formatted(SETTINGS, FOLDER, DATABASE)));
  }

  /**
   * @param files takes a DuckDB file that is named for the place of its pipeline
   */
  private Optional<OpenPipeline> found(
      UnaryOperator<SettingsReader> reading, Function<Path, PipelinePlace> files) {
    if (folder != null && database != null) {
      throw Failure.usage("--folder and --database name two pipelines; leave one of them out");
    }
    if (folder != null) {
      return Optional.of(ofFolder(folder, reading));
    }
    if (database != null) {
      return Optional.of(ofDatabase(files.apply(database), reading));
    }
    if (settings != null) {
      return Optional.of(ofSettings(settings, reading));
    }
    Path file = here.resolve(SETTINGS);
    if (Files.exists(file) && PipelineSettings.namesPorts(file)) {
      return Optional.of(ofSettings(file.toString(), reading));
    }
    if (Files.isDirectory(here.resolve(FOLDER))) {
      return Optional.of(ofFolder(here.resolve(FOLDER), reading));
    }
    if (Files.exists(here.resolve(DATABASE))) {
      return Optional.of(ofDatabase(files.apply(here.resolve(DATABASE)), reading));
    }
    return Optional.empty();
  }

  private OpenPipeline ofFolder(Path named, UnaryOperator<SettingsReader> reading) {
    PipelinePlace place = PipelinePlace.existing(named);
    Path written = place.folder().resolve(SETTINGS);
    String own = settings == null && Files.exists(written) ? written.toString() : settings;
    return OpenPipeline.of(PipelineSettings.at(own, place, reading));
  }

  private OpenPipeline ofDatabase(PipelinePlace place, UnaryOperator<SettingsReader> reading) {
    return OpenPipeline.of(PipelineSettings.at(settings, place, reading));
  }

  private static OpenPipeline ofSettings(String address, UnaryOperator<SettingsReader> reading) {
    Settings read = PipelineSettings.whole(address, reading);
    PipelinePlace.refuseUnlessThere(read);
    return OpenPipeline.of(read);
  }
}
