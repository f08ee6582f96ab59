package dev.millrace.loader.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectorSettingsTest {
  private static CollectorSettings read(String yaml) throws LoadException {
    return SettingsReader.readCollector("file", yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatSaysNothingOfTheCollectorLeavesTheDefaults() throws Exception {
    assertThat(read("dataset: shop")).isEqualTo(CollectorSettings.DEFAULT);
  }

  @Test
  void aSourceTakesFromAllOthersWhatIsNotSetForIt() throws Exception {
    CollectorSettings settings =
        read(
            """
            collector:
              sources:
                web: {origins: ["https://shop.example.com"], client_ip: truncated}
                "*": {event_bytes: 64 KiB, strict: true}
            """);

    assertThat(settings.of("web"))
        .isEqualTo(
            new SourceSettings(
                Set.of("https://shop.example.com"), 64 << 10, 500_000, ClientIp.TRUNCATED, true));
    assertThat(settings.of("server").eventBytes()).isEqualTo(64 << 10);
  }

  @Test
  void whatIsWrongIsToldWithItsLine() {
    assertThatThrownBy(
            () ->
                SettingsReader.over(Settings.of("none", Map.of()))
                    .read(
                        "file",
                        """
                        collector:
                          sources:
                            web:
                              origins: ["https://shop.example.com/path"]
                              client_ip: half
                              evnt_bytes: 3
                        """
                            .getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("file:4: collector.sources.web.origins is https://shop.example.com/p")
        .hasMessageContaining("file:5: collector.sources.web.client_ip is half; whole, truncated")
        .hasMessageContaining("file:6: there is no setting collector.sources.web.evnt_bytes; is");
  }
}
