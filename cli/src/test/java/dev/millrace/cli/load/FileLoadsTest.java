package dev.millrace.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.FileProgress;
import dev.millrace.cli.settings.PipelinePlace;
import dev.millrace.cli.settings.PipelineSettings;
import dev.millrace.cli.show.Dataset;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLoadsTest {
  @Test
  void aFileThatTakesLongToRead_isLoadedAllTheSame(@TempDir Path folder) throws IOException {
    Path events = Files.writeString(folder.resolve("e.jsonl"), "{\"event\": \"a\", \"n\": 1}\n");
    PipelinePlace place = PipelinePlace.ofFiles(folder.resolve("a.duckdb"), null);
    Settings settings = PipelineSettings.forFiles(null, null, place);
    Progress progress = Progress.onStandardError();
    LoadedContents loaded = LoadedContents.of(new Dataset(place.database(), settings.dataset()));
    try (Ports ports = PipelineSettings.open(settings);
        EventFile file = EventFile.named(events.toString(), place.folder(), progress)) {
      FileLoads loads =
          new FileLoads(
              ports,
              settings,
              new ClockOfASlowReader(place.folder()),
              new FileProgress(progress, ""),
              loaded);

      assertThat(loads.load(file)).isInstanceOf(LoadOutcome.Loaded.class);
    }
  }

  /** An hour goes by until the package is sealed. */
  private static final class ClockOfASlowReader extends Clock {
    private final Path folder;

    private ClockOfASlowReader(Path folder) {
      this.folder = folder;
    }

    @Override
    public Instant instant() {
      Instant now = Clock.systemUTC().instant();
      return isSealed() ? now.plus(Duration.ofHours(1)) : now;
    }

    private boolean isSealed() {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.anyMatch(file -> file.endsWith("manifest.json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
