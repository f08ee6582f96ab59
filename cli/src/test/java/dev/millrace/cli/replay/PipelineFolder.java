package dev.millrace.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.embedded.EmbeddedPortsProvider;
import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of a pipeline as `millrace local` leaves it, with batches that a test puts there.
 *
 * @param folder of the pipeline
 */
public record PipelineFolder(Path folder) {
  /** Puts batch objects there, in the order of time. */
  public List<BatchRef> land(int count) throws IOException {
    List<BatchRef> landed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      landed.add(
          land(
              "batch-%04d.jsonl".formatted(i),
              "{\"event\": \"Order\", \"messageId\": \"m%d\", \"items\": [{\"n\": %d}]}\n"
                  .formatted(i, i)));
    }
    return landed;
  }

  /** Puts a batch object there. */
  public BatchRef land(String name, String content) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "batch", ".unfinished"), content);
    return new LandingFolder(folder, "millrace-local").finalise(name, file);
  }

  /** Loads batches as the function does. */
  public void load(List<BatchRef> batches) throws IOException {
    Settings settings = Settings.of("embedded", Map.of("folder", folder.toString()));
    try (Ports ports = new EmbeddedPortsProvider().open(settings)) {
      Loader loader = new Loader(ports, settings, Clock.systemUTC());
      for (BatchRef batch : batches) {
        assertThat(loader.load(batch, Duration.ofMinutes(1)))
            .isNotInstanceOf(LoadOutcome.TryAgain.class);
      }
    }
  }

  /** Runs a command on it. */
  public Run millrace(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--folder", folder.toString()));
    arguments.addAll(List.of(more));
    return Run.millrace(arguments.toArray(String[]::new));
  }

  /** The values of a query, row by row, separated by blanks. */
  public List<String> query(String sql) {
    return query("telemetry", sql);
  }

  /** The same in another dataset. */
  public List<String> query(String dataset, String sql) {
    return new LocalDataset(folder.resolve("millrace.duckdb"), dataset)
        .read(
            connection -> {
              List<String> rows = new ArrayList<>();
              try (Statement statement = connection.createStatement();
                  ResultSet result = statement.executeQuery(sql)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                  List<String> row = new ArrayList<>();
                  for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getObject(i)));
                  }
                  rows.add(String.join(" ", row));
                }
              }
              return rows;
            });
  }

  /** The files below a folder of it, by their paths. */
  public List<String> files(String below) throws IOException {
    Path root = folder.resolve(below);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
