package dev.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileLoaderTest {
  private static final BatchRef BATCH = new BatchRef("landing", "batch", 1);

  @TempDir private Path folder;

  private static void load(Optional<String> file) throws LoadException {
    new SettingsFileLoader(() -> file).load(BATCH, Duration.ofSeconds(1));
  }

  @Test
  void noFileNamed_saysHowToNameOne() {
    assertThatThrownBy(() -> load(Optional.empty()))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("MILLRACE_SETTINGS")
        .hasMessageContaining("millrace.settings");
  }

  @Test
  void fileThatIsNotThere_isNamed() {
    Path file = folder.resolve("millrace.yaml");
    assertThatThrownBy(() -> load(Optional.of(file.toString())))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void addressThatNobodyReads_isNamed() {
    assertThatThrownBy(() -> load(Optional.of("nowhere://bucket/millrace.yaml")))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("nowhere://bucket/millrace.yaml");
  }

  @Test
  void unknownKindOfPorts_isNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("millrace.yaml"), "ports:\n  kind: nowhere\n");
    assertThatThrownBy(() -> load(Optional.of(file.toString())))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("ports.kind is nowhere");
  }

  @Test
  void httpEntryWithoutSettings_doesNotAcknowledge() throws Exception {
    try (FrameworkServer server = new FrameworkServer(HttpEntry.class, "http")) {
      assertThat(server.post(Notices.wrapped("batch"), Notices.JSON).statusCode()).isEqualTo(503);
    }
  }
}
