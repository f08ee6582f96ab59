package dev.millrace.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.FileProgress;
import dev.millrace.cli.settings.PipelinePlace;
import dev.millrace.cli.settings.PipelineSettings;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLoadsTest {
  @TempDir private Path folder;

  /** Three seconds later at each look. */
  private static final class SlowMachine extends Clock {
    private Instant now = Instant.parse("2026-11-26T10:00:00Z");

    @Override
    public synchronized Instant instant() {
      now = now.plusSeconds(3);
      return now;
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

  @Test
  void a_file_that_takes_long_to_read_is_loaded_all_the_same() throws Exception {
    Path events = Files.writeString(folder.resolve("events.jsonl"), "{\"event\": \"Order\"}\n");
    PipelinePlace place = PipelinePlace.ofFiles(folder.resolve("shop.duckdb"), null);
    Settings settings = PipelineSettings.forFiles(null, null, place);
    Progress progress = Progress.onStandardError();
    LocalDataset dataset = new LocalDataset(place.database(), settings.dataset());
    try (Ports ports = PipelineSettings.open(settings);
        EventFile file = EventFile.named(events.toString(), place.folder(), progress)) {
      FileLoads loads =
          new FileLoads(
              ports,
              settings,
              new SlowMachine(),
              new FileProgress(progress, "writing the tables"),
              LoadedContents.of(dataset));

      assertThat(loads.load(file)).isInstanceOf(LoadOutcome.Loaded.class);
    }
  }
}
