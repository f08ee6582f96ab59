package dev.millrace.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector that can't start is said in one sentence, and nothing is left running. */
class LocalCollectorTest {
  @TempDir private Path folder;

  private Run local(String... more) {
    String[] all = new String[more.length + 5];
    all[0] = "local";
    all[1] = "--folder";
    all[2] = folder.resolve("pipeline").toString();
    all[3] = "--port";
    all[4] = "0";
    System.arraycopy(more, 0, all, 5, more.length);
    return Run.millrace(all);
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = local("--collector-port", "" + taken.getLocalPort());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("port " + taken.getLocalPort() + " for the collector is in use");
    }
  }

  @Test
  void aFileOfKeysThatCannotBeUsedIsNamedWithoutItsKeys() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys.json"), "[\"s3cret\"]");

    Run run = local("--collector-port", "0", "--write-keys", keys.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(keys.toString()).doesNotContain("s3cret");
  }

  @Test
  void aFileOfSuppressedUsersThatIsNotThereIsNamed() {
    Path users = folder.resolve("nowhere").resolve("users.txt");

    Run run = local("--collector-port", "0", "--suppressed-users", users.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(users.toString()).contains("can't be read");
  }

  @Test
  void aRefusedEventThatIsNoTextIsKeptByteByByte() throws Exception {
    Path file = folder.resolve("refused.jsonl");
    byte[] event = {'{', '"', (byte) 0xc3, '"', '}'};

    RefusedEventsFile refused = new RefusedEventsFile(file);
    refused.publish(event, Map.of("reason", "not_an_object")).toCompletableFuture().join();
    refused.publish("é".getBytes(UTF_8), Map.of("reason", "x")).toCompletableFuture().join();

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {"reason":"not_an_object","event_base64":"eyLDIn0="}
            {"reason":"x","event":"é"}
            """);
  }
}
